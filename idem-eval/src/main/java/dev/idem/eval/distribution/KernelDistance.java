package dev.idem.eval.distribution;

import java.util.Optional;

/**
 * The unbiased squared maximum mean discrepancy with the kernel k(x, y) = (x . y / n + 1)^3, n
 * features: the kernel distance (KID) of Binkowski et al. (ICLR 2018),
 *
 * <pre>1/(m_r (m_r - 1)) sum_(i != j) k(x_i, x_j) + 1/(m_g (m_g - 1)) sum_(i != j) k(y_i, y_j)
 *   - 2/(m_r m_g) sum_(i, j) k(x_i, y_j).</pre>
 *
 * It may be negative: of equal distributions its mean is zero at every number of samples. It sees
 * moments up to the third.
 */
public final class KernelDistance implements GroupedMetric {

  @Override
  public String name() {
    return "kernel distance";
  }

  @Override
  public Goal goal() {
    return Goal.LOWER;
  }

  @Override
  public String bias() {
    return "unbiased at any number of samples, and negative by chance where the distributions are"
        + " equal; there its interval is too wide; sees moments up to the third";
  }

  @Override
  public boolean pairwise() {
    return true;
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return Math.min(real.length, generated.length) >= 2
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples: pairs need at least 2 of each",
                real.length, generated.length));
  }

  @Override
  public double least() {
    return Double.NEGATIVE_INFINITY;
  }

  /** Kernels are summed once for every two groups. */
  @Override
  public OnGroups over(SamplePair pair) {
    int width = pair.real().shared()[0].length;
    double[][] realSums = blockSums(pair.real().products(), pair.real(), pair.real(), true, width);
    double[][] generatedSums =
        blockSums(pair.generated().products(), pair.generated(), pair.generated(), true, width);
    double[][] crossSums = blockSums(pair.products(), pair.real(), pair.generated(), false, width);
    return (r, g) -> {
      double mr = count(pair.real(), r);
      double mg = count(pair.generated(), g);
      return sum(realSums, r, r) / (mr * (mr - 1))
          + sum(generatedSums, g, g) / (mg * (mg - 1))
          - 2 * sum(crossSums, r, g) / (mr * mg);
    };
  }

  private static double[][] blockSums(
      double[][] products, GroupedSamples a, GroupedSamples b, boolean skipSelf, int width) {
    double[][] sums = new double[a.groups()][b.groups()];
    for (int p = 0; p < a.groups(); p++) {
      for (int q = 0; q < b.groups(); q++) {
        double sum = 0;
        for (int i = a.start(p); i < a.start(p + 1); i++) {
          for (int j = b.start(q); j < b.start(q + 1); j++) {
            if (!skipSelf || i != j) {
              double base = products[i][j] / width + 1;
              sum += base * base * base;
            }
          }
        }
        sums[p][q] = sum;
      }
    }
    return sums;
  }

  private static double sum(double[][] sums, int[] a, int[] b) {
    double sum = 0;
    for (int p : a) {
      for (int q : b) {
        sum += sums[p][q];
      }
    }
    return sum;
  }

  private static int count(GroupedSamples samples, int[] groups) {
    int count = 0;
    for (int group : groups) {
      count += samples.start(group + 1) - samples.start(group);
    }
    return count;
  }
}
