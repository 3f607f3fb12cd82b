package dev.idem.eval.distribution;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Real and generated features, of one width, and what several metrics need of both, computed once.
 * Both sides may be the same set, for its floor: metrics are then asked for disjoint groups only.
 */
final class SamplePair {

  private final GroupedSamples real;
  private final GroupedSamples generated;
  private final Map<Object, Object> computed = new HashMap<>();
  private double @Nullable [][] products;

  SamplePair(GroupedSamples real, GroupedSamples generated) {
    this.real = real;
    this.generated = generated;
  }

  /** Rows in the order they have. */
  static SamplePair inOrder(float[][] real, float[][] generated) {
    return new SamplePair(new GroupedSamples(real), new GroupedSamples(generated));
  }

  GroupedSamples real() {
    return real;
  }

  GroupedSamples generated() {
    return generated;
  }

  /** Inner products of real with generated rows, [m_r][m_g]; computed once. */
  synchronized double[][] products() {
    if (products == null) {
      products =
          real == generated
              ? real.products()
              : GroupedSamples.products(real.shared(), generated.shared());
    }
    return products;
  }

  /** The value for {@code key} of this pair; computed once. */
  @SuppressWarnings("unchecked") // a key has one type of values
  synchronized <V> V once(Object key, Supplier<V> value) {
    return (V) computed.computeIfAbsent(key, asked -> value.get());
  }
}
