package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.NetworkView;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.runs.tensorboard.EncodedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Images that a generator makes of the same few noise samples and the same few held-out images,
 * degraded, at every evaluation, so that they can be compared. Uses none of the random streams of
 * training.
 */
final class GeneratorPictures {

  private static final int SHOWN = 8;
  private static final int ITERATIONS = 2;
  private static final long SEED = 11;
  private static final List<String> DEGRADED = List.of("noise", "mask");

  private final GeneratorTraining training;
  private final Shape shape;
  private final SampleGrids grids;
  private final float[][] z;
  private final float[][] x;

  /**
   * Images.
   *
   * @param heldOut how many images are held out
   */
  GeneratorPictures(GeneratorTraining training, int heldOut) {
    this.training = training;
    this.shape = training.recipe().imageShape();
    this.grids = new SampleGrids(shape);
    this.z = training.noise().heldOut(SEED, SHOWN);
    this.x = training.images().heldOut(SEED, Math.min(SHOWN, heldOut));
  }

  /** The images by name. */
  Map<String, Function<NetworkView, EncodedImage>> byName() {
    Map<String, Function<NetworkView, EncodedImage>> pictures = new LinkedHashMap<>();
    pictures.put("image/samples", network -> samples(generator(network)));
    pictures.put("image/projections", network -> projections(generator(network)));
    return pictures;
  }

  private Generator generator(NetworkView network) {
    return new Generator(shape, training.noise(), network);
  }

  /** Rows z, f(z), f(f(z)). */
  private EncodedImage samples(Generator generator) {
    return drawn(SampleGrids.powers("z", "(z)", ITERATIONS), generator.generate(z, ITERATIONS));
  }

  /** Rows x, then of each degradation d: d(x), f(d(x)). */
  private EncodedImage projections(Generator generator) {
    List<String> labels = new ArrayList<>(List.of("x"));
    List<float[][]> rows = new ArrayList<>();
    rows.add(x);
    for (String kind : DEGRADED) {
      float[][] degraded = Degradation.named(kind).apply(x, shape, SEED);
      labels.addAll(SampleGrids.powers(kind, "", 1));
      rows.addAll(generator.project(degraded, 1));
    }
    return drawn(labels, rows);
  }

  private EncodedImage drawn(List<String> labels, List<float[][]> rows) {
    return EncodedImage.png(grids.rows(labels, rows).png());
  }
}
