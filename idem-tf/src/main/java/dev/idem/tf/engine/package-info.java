/** Training on TensorFlow: start with {@link dev.idem.tf.engine.TensorFlowEngine}. */
@NullMarked
package dev.idem.tf.engine;

import org.jspecify.annotations.NullMarked;
