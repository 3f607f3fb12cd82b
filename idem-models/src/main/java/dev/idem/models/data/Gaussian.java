package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.random.RandomGenerator;

/**
 * Independent components, each N(mean, standardDeviation^2).
 *
 * @param shape of one sample
 * @param mean finite
 * @param standardDeviation positive
 */
public record Gaussian(Shape shape, double mean, double standardDeviation)
    implements DistributionSource {

  public Gaussian {
    Require.argument(Double.isFinite(mean), "mean (%s) must be finite", mean);
    Require.positive("standardDeviation", standardDeviation);
  }

  /** Standard normal rows of {@code width} numbers. */
  public Gaussian(int width) {
    this(Shape.of(Require.positive("width", width)));
  }

  /** Standard normal samples of any shape. */
  public Gaussian(Shape shape) {
    this(shape, 0, 1);
  }

  @Override
  public void draw(RandomGenerator random, float[] sample) {
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) (mean + standardDeviation * random.nextGaussian());
    }
  }

  /** Such as {@code normal(0, 1), width 16}: mean and standard deviation. */
  @Override
  public String description() {
    return "normal(%s, %s), %s"
        .formatted(
            Wording.number(mean), Wording.number(standardDeviation), Wording.dimensions(shape));
  }
}
