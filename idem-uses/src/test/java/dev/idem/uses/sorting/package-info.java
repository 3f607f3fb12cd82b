/** Tests of sorting as a use. */
@NullMarked
package dev.idem.uses.sorting;

import org.jspecify.annotations.NullMarked;
