package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.InnerProducts;
import dev.idem.eval.linear.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Real and generated features, of one width, and what several metrics need of both, computed once.
 * Both sides may be the same set, for its floor: metrics are then asked for disjoint groups only.
 */
public final class SamplePair {

  private final GroupedSamples real;
  private final GroupedSamples generated;
  private final Map<Object, Object> computed = new HashMap<>();
  private double @Nullable [][] products;

  SamplePair(GroupedSamples real, GroupedSamples generated) {
    this.real = real;
    this.generated = generated;
  }

  /**
   * Checked sets in the order they have.
   *
   * @param real [m_r][n], at least one, finite, all of one width
   * @param generated [m_g][n], the same
   * @throws IllegalArgumentException if they are not such
   */
  public static SamplePair of(float[][] real, float[][] generated) {
    require(real, generated);
    return new SamplePair(GroupedSamples.inOrder(real), GroupedSamples.inOrder(generated));
  }

  static void require(float[][] real, float[][] generated) {
    Rows.require("real samples", real);
    Rows.require("generated samples", generated);
    Require.argument(
        real[0].length == generated[0].length,
        "real samples have width %s and generated samples %s; they must be equal",
        real[0].length,
        generated[0].length);
  }

  /** The real samples. */
  public GroupedSamples real() {
    return real;
  }

  /** The generated samples. */
  public GroupedSamples generated() {
    return generated;
  }

  /** Inner products of real with generated rows, [m_r][m_g]; computed once. */
  synchronized double[][] products() {
    if (products == null) {
      products =
          real == generated ? real.products() : InnerProducts.of(real.shared(), generated.shared());
    }
    return products;
  }

  /** The value for {@code key} of this pair; computed once. */
  @SuppressWarnings("unchecked") // a key has one type of values
  synchronized <V> V once(Object key, Supplier<V> value) {
    return (V) computed.computeIfAbsent(key, asked -> value.get());
  }

  /** The metric on everything; refused sets are an error. */
  static double measureAll(DistributionMetric metric, float[][] real, float[][] generated) {
    SamplePair pair = of(real, generated);
    metric
        .refusal(real, generated)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(metric.name() + ": " + reason);
            });
    return metric.over(pair).measure(pair.real().all(), pair.generated().all());
  }
}
