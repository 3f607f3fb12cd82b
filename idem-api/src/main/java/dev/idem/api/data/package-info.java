/** Seeded sources of training and validation samples. */
@NullMarked
package dev.idem.api.data;

import org.jspecify.annotations.NullMarked;
