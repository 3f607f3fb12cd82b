/** Seeded sources of training and held-out samples. */
@NullMarked
package dev.idem.api.data;

import org.jspecify.annotations.NullMarked;
