package dev.idem.figures;

import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.Progress;
import dev.idem.figures.RunPool.ParallelRuns;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings and resources of a figure.
 *
 * @param preset how much work
 * @param seed every random draw derives from it
 * @param threads runs at a time, positive; results do not depend on it
 * @param engine trains
 * @param progress receives the progress
 * @param contributed strategies of plug-ins, for figures that compare strategies
 * @param gradientScale the relative scale of the two methods' gradients where a figure compares
 *     them at equal learning rates
 * @param pool computes the runs of figures that {@linkplain Figure#distributes distribute} them
 */
public record FigureContext(
    Preset preset,
    long seed,
    int threads,
    TrainingEngine engine,
    Progress progress,
    List<Contributed> contributed,
    GradientScale gradientScale,
    RunPool pool) {

  /** How much work goes into a figure. */
  public enum Preset {
    /** Shows that everything runs; its numbers mean nothing. */
    SMOKE,
    /** Minutes on two cores. */
    QUICK,
    /** As many seeds and steps as a paper would report; hours. */
    PAPER;

    /** The name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The labels, from least to most work. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Preset::label).toList();
    }

    /** The preset of that label, if there is one. */
    public static Optional<Preset> labelled(String label) {
      return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }

    /** One of three values, by preset. */
    public <V> V choose(V smoke, V quick, V paper) {
      return switch (this) {
        case SMOKE -> smoke;
        case QUICK -> quick;
        case PAPER -> paper;
      };
    }
  }

  /** The relative scale of the gradients of the canonical loss and of the substitution. */
  public enum GradientScale {
    /**
     * The canonical loss averaged over batch and width n, the substituted gradient over the batch
     * alone, which is then n / 2 times as long. Inferred from the paper's Figure 5.
     */
    AS_PUBLISHED,
    /** Half the canonical loss, and the substituted gradient, both averaged over the batch. */
    EQUAL;

    /** The name in lower case, with hyphens. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every label. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(GradientScale::label).toList();
    }

    /** The scale of that label, if there is one. */
    public static Optional<GradientScale> labelled(String label) {
      return Arrays.stream(values()).filter(scale -> scale.label().equals(label)).findFirst();
    }
  }

  /**
   * A strategy that is not built in.
   *
   * @param name its name among strategies
   * @param origin what brought it, in messages
   * @param strategy makes it; may fail
   */
  public record Contributed(String name, String origin, Supplier<IdempotencyStrategy> strategy) {}

  /** With the gradients' scale {@link GradientScale#AS_PUBLISHED as published}. */
  public FigureContext(
      Preset preset,
      long seed,
      int threads,
      TrainingEngine engine,
      Progress progress,
      List<Contributed> contributed) {
    this(preset, seed, threads, engine, progress, contributed, GradientScale.AS_PUBLISHED);
  }

  /** With all runs on this machine. */
  public FigureContext(
      Preset preset,
      long seed,
      int threads,
      TrainingEngine engine,
      Progress progress,
      List<Contributed> contributed,
      GradientScale gradientScale) {
    this(
        preset,
        seed,
        threads,
        engine,
        progress,
        contributed,
        gradientScale,
        new ParallelRuns(threads));
  }

  /** The same, with its runs computed elsewhere. */
  public FigureContext with(RunPool other) {
    return new FigureContext(
        preset, seed, threads, engine, progress, contributed, gradientScale, other);
  }

  public FigureContext {
    Require.positive("threads", threads);
    contributed = List.copyOf(contributed);
  }
}
