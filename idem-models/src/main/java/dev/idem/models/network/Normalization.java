package dev.idem.models.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import java.math.BigInteger;
import java.util.List;

/** How a layer's outputs are normalised, channel by channel, before scale, shift and activation. */
public sealed interface Normalization {

  /** Not at all: f(x) depends on x and on nothing else. */
  record None() implements Normalization {}

  /**
   * By the batch in training, by running statistics in inference, kept apart by kind of input: see
   * {@link dev.idem.api.network.BatchNormalization}.
   */
  record Batch() implements Normalization {}

  /**
   * By the sample's own statistics, over {@code groups} groups of neighbouring channels: the same
   * in training and in inference. Wu and He, 2018.
   *
   * @param groups at most this many, positive; a layer whose channels they do not divide takes the
   *     greatest common divisor of the two
   */
  record Group(int groups) implements Normalization {
    /** Added to variances. */
    static final double EPSILON = 1e-5;

    public Group {
      Require.positive("groups", groups);
    }

    int groupsOf(int channels) {
      return BigInteger.valueOf(groups).gcd(BigInteger.valueOf(channels)).intValue();
    }
  }

  /** No normalisation. */
  static Normalization none() {
    return new None();
  }

  /** {@link Batch}. */
  static Normalization batch() {
    return new Batch();
  }

  /** {@link Group}, eight groups. */
  static Normalization group() {
    return new Group(8);
  }

  /** {@code none}, {@code batch} or {@code group}. */
  default String label() {
    return this instanceof None ? "none" : this instanceof Batch ? "batch" : "group";
  }

  /** {@code , batch normalisation} and the like, for descriptions; empty for none. */
  default String suffix() {
    return this instanceof None ? "" : ", " + label() + " normalisation";
  }

  /** The statistics kept for a place of that name. */
  default List<StatisticsSpec> statistics(String name, int channels) {
    return this instanceof Batch ? List.of(new StatisticsSpec(name, channels)) : List.of();
  }

  /** {@code a} [batch, ..., channels], normalised at the place of that name. */
  default <T> T apply(String name, T a, ForwardPass<T> pass) {
    if (this instanceof Group group) {
      Shape sample = pass.ops().sampleShape(a);
      return pass.ops().normalizeGroups(a, group.groupsOf(sample.last()), Group.EPSILON);
    }
    return this instanceof Batch ? pass.normalizeBatch(name, a) : a;
  }
}
