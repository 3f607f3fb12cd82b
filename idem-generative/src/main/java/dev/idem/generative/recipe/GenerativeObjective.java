package dev.idem.generative.recipe;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.strategy.TightnessStrategy;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The training objective of a generator, as terms on two inputs: {@link #DATA}, which f should keep
 * unchanged, and {@link #NOISE}, which f should map to points that it keeps unchanged.
 */
public sealed interface GenerativeObjective {

  /** The name of the input that holds data. */
  String DATA = "x";

  /** The name of the input that holds noise. */
  String NOISE = "z";

  /** The term of {@link dev.idem.api.strategy.ReconstructionStrategy} on data. */
  String RECONSTRUCTION = "reconstruction";

  /** The terms; each is reported separately. */
  TrainingObjective terms();

  /** One line with the terms and their weights. */
  String description();

  /**
   * This objective with schedules for the terms of those names.
   *
   * @throws IllegalArgumentException if there is no term of one of the names
   */
  default GenerativeObjective withSchedules(Map<String, Schedule> schedules) {
    return schedules.isEmpty()
        ? this
        : new TermsObjective(
            terms().withSchedules(schedules), description() + ", schedules " + schedules);
  }

  /**
   * Idempotent Generative Network, Shocher et al., ICLR 2024:
   *
   * <pre>L = l_r D(f(x), x) + l_i D(f'(f(z)), f(z)) + l_t L_tight(z)</pre>
   *
   * <p>with f' a frozen copy of f, and L_tight as {@link TightnessStrategy} says. D is a mean over
   * batch and pixels.
   *
   * @param reconstruction l_r, positive
   * @param idempotence l_i, positive
   * @param tightness l_t, not negative; 0 leaves the term out
   * @param distance D
   * @param clampRatio a of the tightness clamp; empty for no clamp
   * @param margin m of the tightness; empty for none
   */
  record IgnObjective(
      double reconstruction,
      double idempotence,
      double tightness,
      Distance distance,
      OptionalDouble clampRatio,
      OptionalDouble margin)
      implements GenerativeObjective {

    /** The term of {@link FrozenTargetStrategy} on noise. */
    public static final String IDEMPOTENCE = "idempotence";

    /** The term of {@link TightnessStrategy} on noise. */
    public static final String TIGHTNESS = "tightness";

    public IgnObjective {
      Require.positive("reconstruction weight", reconstruction);
      Require.positive("idempotence weight", idempotence);
      Require.notNegative("tightness weight", tightness);
      clampRatio.ifPresent(ratio -> Require.positive("clampRatio", ratio));
      margin.ifPresent(limit -> Require.positive("tightness margin", limit));
    }

    /**
     * This project's choice for digits from white noise: squared error, weights 1, 1 and 0.5, no
     * clamp, margin 0.06; docs/results.md has what it gave.
     */
    public static IgnObjective mnist() {
      return squared(0.5, OptionalDouble.of(0.06));
    }

    /**
     * What re-implementers of IGN used on MNIST: squared error, weights 1, 1 and 0.1, no clamp, no
     * margin. The paper's own values are not published where we could read them.
     */
    public static IgnObjective reimplemented() {
      return squared(0.1, OptionalDouble.empty());
    }

    private static IgnObjective squared(double tightness, OptionalDouble margin) {
      return new IgnObjective(1, 1, tightness, Distance.SQUARED, OptionalDouble.empty(), margin);
    }

    /** The paper's for CelebA: L1, weights 20, 20 and 2.5, clamp ratio 1.5. */
    public static IgnObjective celebA() {
      return new IgnObjective(
          20, 20, 2.5, Distance.ABSOLUTE, OptionalDouble.of(1.5), OptionalDouble.empty());
    }

    /** The presets by name: {@code ign-mnist}, {@code ign-reimplemented} and {@code ign-celeba}. */
    public static Map<String, IgnObjective> presets() {
      Map<String, IgnObjective> presets = new LinkedHashMap<>();
      presets.put("ign-mnist", mnist());
      presets.put("ign-reimplemented", reimplemented());
      presets.put("ign-celeba", celebA());
      return Collections.unmodifiableMap(presets);
    }

    /** This objective with another tightness weight. */
    public IgnObjective withTightness(double weight) {
      return new IgnObjective(reconstruction, idempotence, weight, distance, clampRatio, margin);
    }

    @Override
    public TrainingObjective terms() {
      Scale mean = Scale.BATCH_AND_WIDTH_MEAN;
      List<Term> terms = new ArrayList<>();
      terms.add(
          new Term(
              RECONSTRUCTION, new ReconstructionStrategy(reconstruction, distance, mean), DATA));
      terms.add(
          new Term(IDEMPOTENCE, new FrozenTargetStrategy(idempotence, distance, mean), NOISE));
      if (tightness > 0) {
        terms.add(
            new Term(
                TIGHTNESS, new TightnessStrategy(tightness, distance, clampRatio, margin), NOISE));
      }
      return new TrainingObjective(terms);
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "IGN, %s, weights %s / %s / %s, %s, %s",
          distance == Distance.SQUARED ? "squared error" : "L1",
          reconstruction,
          idempotence,
          tightness,
          clampRatio.isPresent() ? "clamp ratio " + clampRatio.getAsDouble() : "no clamp",
          margin.isPresent() ? "margin " + margin.getAsDouble() : "no margin");
    }
  }

  /**
   * Reconstruction of data, and a strategy that makes f idempotent on noise: Jensen and Vicary's
   * generator with {@link SubstitutedGradient}, a comparison with {@link CanonicalStrategy}, a
   * control with none.
   *
   * @param reconstruction on data
   * @param idempotency on noise; empty for the control
   */
  record ReconstructionObjective(
      ReconstructionStrategy reconstruction, Optional<IdempotencyStrategy> idempotency)
      implements GenerativeObjective {

    /** The term of the idempotency strategy on noise. */
    public static final String IDEMPOTENCY = "idempotency";

    /** Mean squared error and the paper's substituted gradient, mean over batch and pixels. */
    public static ReconstructionObjective substituted(double weight) {
      return substituted(weight, IdempotentPolynomial.cubic(), OptionalDouble.empty());
    }

    /**
     * Mean squared error and the substituted gradient of any polynomial.
     *
     * @param stepCap as {@link SubstitutedGradient#stepCap}
     */
    public static ReconstructionObjective substituted(
        double weight, IdempotentPolynomial polynomial, OptionalDouble stepCap) {
      return with(new SubstitutedGradient(polynomial, weight, Scale.BATCH_AND_WIDTH_MEAN, stepCap));
    }

    /** Mean squared error and the canonical loss, mean over batch and pixels. */
    public static ReconstructionObjective canonical(double weight) {
      return with(new CanonicalStrategy(weight, Scale.BATCH_AND_WIDTH_MEAN));
    }

    /** Mean squared error alone. */
    public static ReconstructionObjective alone() {
      return new ReconstructionObjective(new ReconstructionStrategy(), Optional.empty());
    }

    /** Mean squared error and any strategy, which carries its own weight. */
    public static ReconstructionObjective with(IdempotencyStrategy idempotency) {
      return new ReconstructionObjective(new ReconstructionStrategy(), Optional.of(idempotency));
    }

    @Override
    public TrainingObjective terms() {
      List<Term> terms = new ArrayList<>();
      terms.add(new Term(RECONSTRUCTION, reconstruction, DATA));
      idempotency.ifPresent(strategy -> terms.add(new Term(IDEMPOTENCY, strategy, NOISE)));
      return new TrainingObjective(terms);
    }

    @Override
    public String description() {
      return idempotency
          .map(
              strategy ->
                  "reconstruction, weight " + reconstruction.weight() + "; " + said(strategy))
          .orElse("reconstruction alone");
    }

    private static String said(IdempotencyStrategy strategy) {
      if (strategy instanceof SubstitutedGradient substituted) {
        OptionalDouble cap = substituted.stepCap();
        return "substituted gradient of %s, weight %s%s"
            .formatted(
                substituted.polynomial(),
                substituted.weight(),
                cap.isPresent() ? ", step cap " + cap.getAsDouble() : "");
      }
      return strategy instanceof CanonicalStrategy canonical
          ? "canonical loss, weight " + canonical.weight()
          : strategy.formula();
    }
  }

  /**
   * Any terms on {@link #DATA} and {@link #NOISE}.
   *
   * @param terms each reported by its name
   * @param description one line with the terms and their weights
   */
  record TermsObjective(TrainingObjective terms, String description)
      implements GenerativeObjective {}

  /** Methods to train a generator, chosen by name. */
  enum Method {
    /** Jensen and Vicary's: reconstruction and the substituted gradient. */
    RECONSTRUCTION_SUBSTITUTED("reconstruction+substituted"),

    /**
     * Shocher et al.'s three losses; the settings for CelebA on colour images, for MNIST on grey.
     */
    IGN("ign"),

    /** Reconstruction and the canonical loss, for comparison. */
    RECONSTRUCTION_CANONICAL("reconstruction+canonical"),

    /** Reconstruction alone: the control. */
    RECONSTRUCTION("reconstruction");

    /**
     * The weight of the idempotency term among mean squared errors, chosen from the curve that
     * {@code idem reproduce generative-ablation} draws.
     */
    public static final double DEFAULT_WEIGHT = 0.4;

    private final String label;

    Method(String label) {
      this.label = label;
    }

    /** The objective with its default weights, for images of a shape. */
    public GenerativeObjective objective(Shape shape) {
      return switch (this) {
        case RECONSTRUCTION_SUBSTITUTED -> ReconstructionObjective.substituted(DEFAULT_WEIGHT);
        case IGN -> shape.last() == 3 ? IgnObjective.celebA() : IgnObjective.mnist();
        case RECONSTRUCTION_CANONICAL -> ReconstructionObjective.canonical(DEFAULT_WEIGHT);
        case RECONSTRUCTION -> ReconstructionObjective.alone();
      };
    }

    /** The name on a command line. */
    public String label() {
      return label;
    }

    /** The labels, in order. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Method::label).toList();
    }

    /** The method of that label, if there is one. */
    public static Optional<Method> labelled(String label) {
      return Arrays.stream(values()).filter(method -> method.label.equals(label)).findFirst();
    }
  }
}
