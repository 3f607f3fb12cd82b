package dev.idem.generative.recipe;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Architectures of generators, chosen by name. */
public enum Architecture {
  /** n-512-128-512-n, leaky ReLU inside, tanh at the output. */
  MLP,

  /** Convolutions to 16 and 32 channels, a dense code of 128, and their mirror image. */
  SMALL,

  /** Convolutions to 32 and 64 channels, a dense code of 128, and their mirror image. */
  MEDIUM,

  /** {@link ConvAutoencoder#dcgan28} or {@link ConvAutoencoder#dcgan64}, by the images' shape. */
  DCGAN;

  private static final int CODE = 128;

  /**
   * The network for images of a shape.
   *
   * @param shape [h, w, c]
   * @throws IllegalArgumentException if the architecture does not suit the shape
   */
  public Network network(Shape shape, Normalization normalization) {
    return switch (this) {
      case MLP -> mlp(shape.size(), normalization);
      case SMALL -> conv(shape, normalization, 16);
      case MEDIUM -> conv(shape, normalization, 32);
      case DCGAN -> dcgan(shape, normalization);
    };
  }

  private static Network mlp(int n, Normalization normalization) {
    return Mlp.of(n, 512, 128, 512, n)
        .withActivations(Activation.LEAKY_RELU, Activation.TANH)
        .withNormalization(normalization);
  }

  private static Network dcgan(Shape shape, Normalization normalization) {
    if (shape.equals(Shape.of(28, 28, 1))) {
      return ConvAutoencoder.dcgan28(normalization);
    }
    Require.argument(
        shape.equals(Shape.of(64, 64, 3)),
        "dcgan is for images of shape [28, 28, 1] or [64, 64, 3], not %s; choose small or medium",
        shape);
    return ConvAutoencoder.dcgan64(normalization);
  }

  private Network conv(Shape shape, Normalization normalization, int channels) {
    Require.argument(
        shape.rank() == 3 && shape.dimension(0) % 4 == 0 && shape.dimension(1) % 4 == 0,
        "%s is for images whose height and width are multiples of 4, not %s; choose another size or"
            + " mlp",
        label(),
        shape);
    return ConvAutoencoder.compact(shape, channels, CODE).withNormalization(normalization);
  }

  /** The name on a command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The labels, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Architecture::label).toList();
  }

  /** The architecture of that label, if there is one. */
  public static Optional<Architecture> labelled(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }
}
