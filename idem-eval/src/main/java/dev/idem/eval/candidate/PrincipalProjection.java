package dev.idem.eval.candidate;

import dev.idem.eval.linear.PrincipalComponents;
import java.util.function.UnaryOperator;

/**
 * The orthogonal projection onto the plane of principal components, [m][n] to [m][n]: the linear
 * map of a given rank that reconstructs the fitted rows best. Idempotent up to rounding to single
 * precision.
 *
 * @param components the plane
 */
public record PrincipalProjection(PrincipalComponents components)
    implements UnaryOperator<float[][]> {

  /** Fitted to rows, see {@link PrincipalComponents#fit}. */
  public static PrincipalProjection fit(float[][] rows, int rank) {
    return new PrincipalProjection(PrincipalComponents.fit(rows, rank));
  }

  @Override
  public float[][] apply(float[][] rows) {
    return components.reconstruct(components.project(rows));
  }
}
