package dev.idem.api.reference;

import dev.idem.api.training.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The updates of {@link Optimizer}, with the moments they keep. */
final class ReferenceOptimizer {

  private final Optimizer optimizer;
  private final Map<String, double[]> first = new LinkedHashMap<>();
  private final Map<String, double[]> second = new LinkedHashMap<>();
  private long updates;

  ReferenceOptimizer(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** Continues from the moments of another after {@code updates} updates. */
  void restore(String parameter, List<double[]> moments, long updates) {
    this.updates = updates;
    if (!moments.isEmpty()) {
      first.put(parameter, moments.get(0));
    }
    if (moments.size() > 1) {
      second.put(parameter, moments.get(1));
    }
  }

  /** The moments of a parameter of that size. */
  List<double[]> moments(String parameter, int size) {
    return Stream.of(first, second)
        .limit(optimizer.moments())
        .map(moments -> moments(moments, parameter, size))
        .toList();
  }

  /** Changes {@code values} in place. */
  void update(Map<String, double[]> values, Map<String, double[]> gradients, double rate) {
    updates++;
    values.forEach(
        (name, w) -> {
          double[] g = gradients.getOrDefault(name, new double[w.length]);
          if (optimizer instanceof Optimizer.Sgd) {
            add(w, g, -rate);
          } else if (optimizer instanceof Optimizer.Momentum momentum) {
            momentum(name, w, g, rate, momentum.momentum());
          } else if (optimizer instanceof Optimizer.Adam adam) {
            adam(name, w, g, rate, adam);
          } else if (optimizer instanceof Optimizer.AdamW adamW) {
            add(w, w, -rate * adamW.weightDecay());
            adam(
                name,
                w,
                g,
                rate,
                new Optimizer.Adam(adamW.beta1(), adamW.beta2(), adamW.epsilon()));
          }
        });
  }

  private void momentum(String name, double[] w, double[] g, double rate, double momentum) {
    double[] v = moments(first, name, w.length);
    for (int i = 0; i < w.length; i++) {
      v[i] = momentum * v[i] + g[i];
    }
    add(w, v, -rate);
  }

  private void adam(String name, double[] w, double[] g, double rate, Optimizer.Adam adam) {
    double[] m = moments(first, name, w.length);
    double[] v = moments(second, name, w.length);
    double correction =
        Math.sqrt(1 - Math.pow(adam.beta2(), (double) updates))
            / (1 - Math.pow(adam.beta1(), (double) updates));
    for (int i = 0; i < w.length; i++) {
      m[i] += (1 - adam.beta1()) * (g[i] - m[i]);
      v[i] += (1 - adam.beta2()) * (g[i] * g[i] - v[i]);
      w[i] -= rate * correction * m[i] / (Math.sqrt(v[i]) + adam.epsilon());
    }
  }

  private static double[] moments(Map<String, double[]> moments, String name, int length) {
    return moments.computeIfAbsent(name, key -> new double[length]);
  }

  private static void add(double[] w, double[] direction, double factor) {
    for (int i = 0; i < w.length; i++) {
      w[i] += factor * direction[i];
    }
  }
}
