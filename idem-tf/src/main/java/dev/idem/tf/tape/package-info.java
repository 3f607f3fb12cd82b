/**
 * Gradients of a TensorFlow graph with the meaning they have in TensorFlow's Python API. Start at
 * {@link dev.idem.tf.tape.GradientTape}.
 */
@NullMarked
package dev.idem.tf.tape;

import org.jspecify.annotations.NullMarked;
