/** Tests of networks as files. */
@NullMarked
package dev.idem.models.storage;

import org.jspecify.annotations.NullMarked;
