/** Pictures to numbers and back. */
@NullMarked
package dev.idem.generative.image;

import org.jspecify.annotations.NullMarked;
