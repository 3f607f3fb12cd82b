package dev.idem.uses;

import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.SupervisedSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A use at one setting: pairs to learn from, the networks that learn them, and what is measured of
 * the maps they become. Implementations are immutable, so that runs may share one.
 */
public interface Use {

  /**
   * A network that is compared.
   *
   * @param name in tables and legends, such as {@code mlp}
   * @param network maps samples of the use to samples
   * @param withStrategies whether it is trained with each strategy too, and not on the task alone
   */
  record Contender(String name, Network network, boolean withStrategies) {

    private static final int WIDEST = 512;

    /**
     * Of networks of hidden widths up to 512, the one nearest to a number of parameters.
     *
     * @param ofHiddenWidth the more parameters the wider
     */
    public static Network ofSize(long parameters, IntFunction<Network> ofHiddenWidth) {
      int width = 1;
      while (width < WIDEST
          && Math.abs(ofHiddenWidth.apply(width + 1).parameterCount() - parameters)
              < Math.abs(ofHiddenWidth.apply(width).parameterCount() - parameters)) {
        width++;
      }
      return ofHiddenWidth.apply(width);
    }
  }

  /** The setting in a few words, such as {@code n = 8}. */
  String setting();

  /** Inputs with their targets, for training and held out. */
  SupervisedSource data();

  /** The networks, the plain one first, all of about as many parameters unless their name says. */
  List<Contender> networks();

  /** Adam's learning rate, the same for every network and method. */
  double learningRate();

  /** Samples of a batch: 64 unless a use says otherwise. */
  default int batchSize() {
    return 64;
  }

  /** Training steps. */
  int steps(Preset preset);

  /** Held-out samples. */
  int heldOut(Preset preset);

  /** The metric of f^k(x), for k of {@link #applications}. */
  Metric quality();

  /** The k that {@link #quality} is measured at, ascending from 1; at least two. */
  List<Integer> applications();

  /** Further metrics, of f itself. */
  List<Metric> metrics();

  /**
   * Held-out samples, and what is measured on them.
   *
   * @param seed of the samples
   * @param count how many
   */
  Held held(long seed, int count);

  /**
   * Maps that nobody trains by gradients, by name: what trained ones are compared with.
   *
   * @param seed of random draws, if any
   */
  default Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    return Map.of();
  }

  /**
   * What becomes of samples between one application of f and the next, and after the last, such as
   * storage with eight bits; nothing unless a use says so.
   *
   * @param y f^k(x), finite
   */
  default float[][] between(float[][] y) {
    return y;
  }

  /** Held-out samples of a use, and its metrics on them. */
  interface Held {

    /** x, the samples that maps are applied to. */
    float[][] inputs();

    /**
     * {@link Use#quality} of f^k(x).
     *
     * @param outputs f^k(x) for each of {@link #inputs}, finite, with {@link Use#between} after
     *     each application
     */
    double quality(float[][] outputs);

    /** {@link Use#metrics} of f, in their order; not-a-number where one does not apply. */
    double[] measure(Trained f);
  }

  /** A map to measure: a trained network, or a baseline. */
  interface Trained {

    /** f(x). */
    float[][] apply(float[][] x);

    /**
     * Another network on f's parameters, such as f's encoder.
     *
     * @param other declares the parameters of f's network
     * @throws IllegalStateException if f is a baseline
     */
    float[][] applyPart(Network other, float[][] x);

    /** f's network; null for a baseline. */
    @Nullable Network network();

    /** The map of {@link Use#baselines} that f is; null for a network. */
    default @Nullable UnaryOperator<float[][]> baseline() {
      return null;
    }

    /**
     * f^k of {@link Held#inputs} at each k of {@link Use#applications}, as {@link Held#quality}
     * gets them; not to be changed.
     */
    default List<float[][]> iterates() {
      return List.of();
    }
  }

  /**
   * A number that is measured of a map.
   *
   * @param name with its unit, such as {@code PSNR, dB}
   * @param better which of two values is better
   */
  record Metric(String name, Better better) {

    /** The direction of a metric. */
    public enum Better {
      /** Less is better. */
      LOWER,
      /** More is better. */
      HIGHER,
      /** It describes, and does not judge. */
      NEITHER
    }

    public Metric {
      Require.notBlank("metric name", name);
    }

    /** A metric of which less is better. */
    public static Metric lower(String name) {
      return new Metric(name, Better.LOWER);
    }

    /** A metric of which more is better. */
    public static Metric higher(String name) {
      return new Metric(name, Better.HIGHER);
    }

    /** A metric that does not judge. */
    public static Metric plain(String name) {
      return new Metric(name, Better.NEITHER);
    }
  }
}
