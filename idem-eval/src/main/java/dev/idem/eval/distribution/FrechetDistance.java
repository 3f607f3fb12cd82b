package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The squared Frechet distance of the Gaussians fitted to two sets of rows (Dowson and Landau,
 * 1982):
 *
 * <pre>d^2 = ||mu_a - mu_b||^2 + tr(C_a + C_b - 2 (C_a^(1/2) C_b C_a^(1/2))^(1/2)),</pre>
 *
 * with mean rows mu and unbiased covariances C. On features of the Inception network this is the
 * FID of Heusel et al. (NeurIPS 2017); here it is taken on the rows as they are, such as pixels,
 * and its values compare with no FID.
 *
 * <p>It sees means and covariances and nothing else. Of finite samples it is biased upwards: two
 * sets from one distribution have a positive distance, which falls as 1/m. So compare distances
 * only at equal m, and beside that of two sets of real samples of that m. As a {@link
 * DistributionMetric} it refuses sets of no more samples than features, whose covariances are
 * singular because of their number; {@link #between} computes the formula of any.
 */
public final class FrechetDistance implements GroupedMetric {

  @Override
  public String name() {
    return "Frechet distance";
  }

  @Override
  public Goal goal() {
    return Goal.LOWER;
  }

  @Override
  public String bias() {
    return "biased upwards by finite samples, about as features^2 / samples: compare at equal"
        + " numbers of samples only; sees means and covariances and nothing else";
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    int width = real[0].length;
    return Math.min(real.length, generated.length) > width
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples are too few for covariances of %s features; take"
                    + " more samples than features, or fewer features",
                real.length, generated.length, width));
  }

  /** Sums of each group are taken once; a union's are their sums. */
  @Override
  public OnGroups over(SamplePair pair) {
    double[] origin = Rows.mean(pair.real().shared());
    Gaussian.Sums[] real = moments(pair.real(), origin);
    Gaussian.Sums[] generated =
        pair.generated() == pair.real() ? real : moments(pair.generated(), origin);
    return (r, g) -> union(real, r, origin).squaredDistance(union(generated, g, origin));
  }

  private static Gaussian.Sums[] moments(GroupedSamples samples, double[] origin) {
    return IntStream.range(0, samples.groups())
        .parallel()
        .mapToObj(
            group -> {
              Gaussian.Sums moments = new Gaussian.Sums(origin);
              for (int i = samples.start(group); i < samples.start(group + 1); i++) {
                moments.add(samples.shared()[i]);
              }
              return moments;
            })
        .toArray(Gaussian.Sums[]::new);
  }

  private static Gaussian union(Gaussian.Sums[] moments, int[] groups, double[] origin) {
    Gaussian.Sums union = new Gaussian.Sums(origin);
    for (int group : groups) {
      union.add(moments[group]);
    }
    return union.gaussian();
  }

  /**
   * The squared distance, by one Cholesky factor and the eigenvalues of one matrix of size n at
   * most.
   *
   * <p>Rounding is about 1e-8 of the largest variance, the root of double precision's, for each
   * direction in which {@code a} varies and {@code b} hardly does; a result below zero is zero.
   *
   * @param a [m_a][n], at least two rows, finite, all of one width
   * @param b [m_b][n], the same
   * @return d^2, not negative, in squared units of the rows
   * @throws IllegalArgumentException if the rows are not such
   */
  public static double between(float[][] a, float[][] b) {
    Rows.requireTwo("a", a);
    Rows.requireTwo("b", b);
    Require.argument(
        a[0].length == b[0].length,
        "a has rows of width %s and b of %s; they must be equal",
        a[0].length,
        b[0].length);
    return Gaussian.fit(a).squaredDistance(Gaussian.fit(b));
  }
}
