package dev.idem.models.initializer;

import dev.idem.api.check.Require;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** An orthogonal projection and independent normal noise. */
record NearIdempotent(int rank, double noise) implements Initializer {

  NearIdempotent {
    Require.positive("rank", rank);
    Require.notNegative("noise", noise);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    int n = SquareKernel.order(parameter, "nearIdempotent");
    Require.argument(
        rank <= n,
        "rank (%s) must be at most %s, the order of parameter '%s'",
        rank,
        n,
        parameter.name());
    double[][] basis = OrthonormalRows.draw(rank, n, random);
    double[] values = Normal.draw(n * n, noise / Math.sqrt(n), random);
    for (double[] direction : basis) {
      for (int row = 0; row < n; row++) {
        for (int column = 0; column < n; column++) {
          values[row * n + column] += direction[row] * direction[column];
        }
      }
    }
    return values;
  }
}
