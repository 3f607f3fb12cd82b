/** Sorting n numbers: the nearest point of the cone of ascending vectors, after a permutation. */
@NullMarked
package dev.idem.uses.sorting;

import org.jspecify.annotations.NullMarked;
