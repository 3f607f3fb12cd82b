package dev.idem.generative.recipe;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Methods to train a generator, chosen by name. */
public enum Method {
  /** Jensen and Vicary's: reconstruction and the substituted gradient. */
  RECONSTRUCTION_SUBSTITUTED("reconstruction+substituted"),

  /** Shocher et al.'s three losses; the settings for CelebA on colour images, for MNIST on grey. */
  IGN("ign"),

  /** Reconstruction and the canonical loss, for comparison. */
  RECONSTRUCTION_CANONICAL("reconstruction+canonical"),

  /** Reconstruction alone: the control. */
  RECONSTRUCTION("reconstruction");

  /**
   * The weight of the idempotency term among mean squared errors, chosen from the curve that {@code
   * idem reproduce generative-ablation} draws.
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
