/** Tests of compression. */
@NullMarked
package dev.idem.uses.compression;

import org.jspecify.annotations.NullMarked;
