package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.random.RandomGenerator;

/**
 * Independent components, each uniform in [low, high]: drawn from [low, high) in double precision
 * and then rounded.
 *
 * @param shape of one sample
 * @param low finite
 * @param high finite, above {@code low}
 */
public record Uniform(Shape shape, double low, double high) implements DistributionSource {

  public Uniform {
    Require.argument(
        low < high && Double.isFinite(high - low),
        "low (%s) must be less than high (%s), and both finite",
        low,
        high);
  }

  /** Rows of {@code width} numbers. */
  public Uniform(int width, double low, double high) {
    this(Shape.of(Require.positive("width", width)), low, high);
  }

  @Override
  public void draw(RandomGenerator random, float[] sample) {
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) random.nextDouble(low, high);
    }
  }

  /** Such as {@code uniform(-1, 1), width 16}. */
  @Override
  public String description() {
    return "uniform(%s, %s), %s"
        .formatted(Wording.number(low), Wording.number(high), Wording.dimensions(shape));
  }
}
