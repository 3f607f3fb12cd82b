/**
 * The operations of strategies and networks on TensorFlow operands: {@link
 * dev.idem.tf.algebra.TensorFlowAlgebra}.
 */
@NullMarked
package dev.idem.tf.algebra;

import org.jspecify.annotations.NullMarked;
