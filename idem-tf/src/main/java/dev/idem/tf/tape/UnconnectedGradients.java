package dev.idem.tf.tape;

/**
 * What {@link GradientTape} answers for a source that no target depends on: {@code
 * tf.UnconnectedGradients} in Python, except that NONE is an error here and not a null.
 */
public enum UnconnectedGradients {
  /** An {@link IllegalArgumentException} that names the source and the targets. The default. */
  NONE,
  /** Zeros of the source's shape. */
  ZERO
}
