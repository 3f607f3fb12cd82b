package com.example.engine;

import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingObjective;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Descends with momentum (Polyak, 1964): v := m v - h g, w := w + v, on batches of N(0, 1).
 *
 * @param rate h
 * @param momentum m, from 0 to 1
 * @param batchSize samples per step
 */
record HeavyBall(double rate, double momentum, int batchSize) {

  /** Trains a network with a strategy for a number of steps. */
  ReferenceModel train(Network network, IdempotencyStrategy strategy, int steps, long seed) {
    TrainingObjective objective = TrainingObjective.of(strategy);
    Map<String, double[]> values = InitialParameters.of(network, seed);
    Map<String, double[]> velocities = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      ReferenceModel model = new ReferenceModel(network, values);
      ReferenceTensor x = normal(network, seed, step);
      model
          .differentiate(objective, Map.of(TrainingObjective.DEFAULT_INPUT, x))
          .gradients()
          .forEach((name, g) -> move(values.get(name), velocity(velocities, name, g), g));
    }
    return new ReferenceModel(network, values);
  }

  private void move(double[] w, double[] v, double[] g) {
    Arrays.setAll(v, i -> momentum * v[i] - rate * g[i]);
    Arrays.setAll(w, i -> w[i] + v[i]);
  }

  private static double[] velocity(Map<String, double[]> all, String name, double[] g) {
    return all.computeIfAbsent(name, first -> new double[g.length]);
  }

  private ReferenceTensor normal(Network network, long seed, int step) {
    RandomGenerator random = RandomStreams.stream(seed, "batch", step);
    double[][] rows = new double[batchSize][network.shape().size()];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return ReferenceTensor.batch(network.shape(), rows);
  }
}
