/**
 * The operations a strategy ({@link dev.idem.api.algebra.TensorAlgebra}) or a network ({@link
 * dev.idem.api.algebra.NetworkAlgebra}) is written against, for whichever engine runs it.
 */
@NullMarked
package dev.idem.api.algebra;

import org.jspecify.annotations.NullMarked;
