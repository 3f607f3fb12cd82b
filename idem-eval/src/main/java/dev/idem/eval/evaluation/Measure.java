package dev.idem.eval.evaluation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an evaluation measures; each can be left out. */
public enum Measure {
  /** Idempotency error, power, effective rank, identity distance, verdict. */
  IDEMPOTENCY("idempotency"),
  /** {@link dev.idem.eval.distribution.FrechetDistance}. */
  FRECHET("frechet"),
  /** {@link dev.idem.eval.distribution.KernelDistance}. */
  KERNEL("kernel"),
  /** {@link dev.idem.eval.distribution.NeighbourMetric.Kind#PRECISION}. */
  PRECISION("precision"),
  /** {@link dev.idem.eval.distribution.NeighbourMetric.Kind#RECALL}. */
  RECALL("recall"),
  /** {@link dev.idem.eval.distribution.NeighbourMetric.Kind#DENSITY}. */
  DENSITY("density"),
  /** {@link dev.idem.eval.distribution.NeighbourMetric.Kind#COVERAGE}. */
  COVERAGE("coverage"),
  /** {@link dev.idem.eval.distribution.TwoSampleTest} by logistic regression. */
  LOGISTIC_ACCURACY("logistic-accuracy"),
  /** {@link dev.idem.eval.distribution.TwoSampleTest} by a random forest, the slowest of all. */
  TREES_ACCURACY("trees-accuracy"),
  /** {@link dev.idem.eval.distribution.Memorisation}. */
  MEMORISATION("memorisation"),
  /** Coverage and entropy of classes. */
  CLASSES("classes"),
  /** {@link dev.idem.eval.metrics.RestorationMetrics}. */
  RESTORATION("restoration");

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  /** The measure of that name, if there is one. */
  public static Optional<Measure> labelled(String label) {
    return Arrays.stream(values()).filter(measure -> measure.label.equals(label)).findFirst();
  }

  /** All names, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Measure::label).toList();
  }

  /** Whether it is one of {@link dev.idem.eval.distribution.DistributionEvaluation}'s. */
  boolean ofDistributions() {
    return this != IDEMPOTENCY && this != RESTORATION;
  }

  /** Whether any of {@code chosen} compares distributions. */
  static boolean anyOfDistributions(Set<Measure> chosen) {
    return chosen.stream().anyMatch(Measure::ofDistributions);
  }

  /** All of them. */
  public static Set<Measure> all() {
    return EnumSet.allOf(Measure.class);
  }
}
