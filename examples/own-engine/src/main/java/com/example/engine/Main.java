package com.example.engine;

import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.AnchoredStrategy;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Trains a small map without TensorFlow. The paper's substituted gradient alone shrinks it to zero;
 * with the canonical loss beside it, it keeps its power.
 */
public final class Main {

  private static final TanhMap NETWORK = new TanhMap(4, 16);
  private static final long SEED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    HeavyBall engine = new HeavyBall(0.03, 0.9, 64);
    for (int steps : new int[] {0, 100, 400}) {
      ReferenceModel f = engine.train(NETWORK, new AnchoredStrategy(), steps, SEED);
      System.out.printf("%3d steps: error / power %.2e, power %.3f%n", steps, error(f), power(f));
    }
  }

  /** E ||f(f(x)) - f(x)||^2 / E ||f(x)||^2 on held-out samples. */
  static double error(ReferenceModel f) {
    ReferenceTensor y = f.apply(heldOut());
    double[] once = y.values();
    double[] twice = f.apply(y).values();
    double sum = 0;
    for (int i = 0; i < once.length; i++) {
      sum += (twice[i] - once[i]) * (twice[i] - once[i]);
    }
    return sum / once.length / power(f);
  }

  /** E ||f(x)||^2 / n: an error means nothing without it, as a map to zero has none. */
  static double power(ReferenceModel f) {
    return Arrays.stream(f.apply(heldOut()).values()).map(v -> v * v).average().orElseThrow();
  }

  private static ReferenceTensor heldOut() {
    RandomGenerator random = RandomStreams.stream(SEED, "held out", 0);
    double[][] rows = new double[256][NETWORK.width()];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return ReferenceTensor.batch(NETWORK.shape(), rows);
  }
}
