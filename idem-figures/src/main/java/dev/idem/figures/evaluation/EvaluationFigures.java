package dev.idem.figures.evaluation;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.distribution.NearestReal;
import dev.idem.eval.evaluation.Entry;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.linear.Rows;
import dev.idem.figures.Drawing;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import dev.idem.generative.image.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Image grids: generated samples, restored images, possible copies. */
public final class EvaluationFigures {

  private static final int SAMPLES = 16;
  private static final int RESTORED = 12;
  private static final int PAIRS = 12;
  private static final int SMALL = 40;

  private final Shape shape;

  /** Of samples [h, w, c]. */
  public EvaluationFigures(Shape shape) {
    this.shape = shape;
  }

  /** z, f(z), f^2(z), f^3(z) of the first samples. */
  public Drawing samples(String input, List<float[][]> iterates) {
    return new Drawing(
        "samples",
        "The first samples and what f makes of them.",
        new ImageGrid(
            "", 1, scale(), List.of(new Block("", List.of(), rows(input, iterates, SAMPLES)))));
  }

  /** A degradation with the images it was applied to. */
  @SuppressWarnings("ArrayRecordComponent") // images to draw, never compared
  public record Restored(String name, float[][] clean, List<float[][]> iterates) {}

  /** Clean and degraded images, and what f makes of the latter, a block for each degradation. */
  public Drawing restored(List<Restored> degradations) {
    List<Block> blocks = new ArrayList<>();
    for (Restored degraded : degradations) {
      List<Row> rows = new ArrayList<>();
      rows.add(row("clean", degraded.clean(), RESTORED));
      rows.addAll(rows("x", degraded.iterates(), RESTORED));
      blocks.add(new Block("x degraded by " + degraded.name(), List.of(), rows));
    }
    return new Drawing(
        "restored",
        "Held-out images, degraded, and what f makes of them.",
        new ImageGrid("", 1, scale(), blocks));
  }

  /**
   * The generated samples that are nearest to a training sample, each above that one; below, the
   * same of held-out samples, which cannot be copies.
   */
  public Drawing memorisation(
      FeatureSpace space, float[][] training, float[][] generated, float[][] heldOut) {
    float[][] features = space.features(training);
    return new Drawing(
        "memorisation",
        "The samples nearest to a training sample in " + space.name() + ", each above that one.",
        new ImageGrid(
            "",
            1,
            scale(),
            List.of(
                pairs("f(z), the nearest of %d", "f(z)", space, features, training, generated),
                pairs(
                    "held-out samples, the nearest of %d: no copies",
                    "held out", space, features, training, heldOut))));
  }

  private Block pairs(
      String title,
      String label,
      FeatureSpace space,
      float[][] features,
      float[][] training,
      float[][] samples) {
    NearestReal nearest = NearestReal.of(space.features(samples), features);
    int[] order =
        IntStream.range(0, samples.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> nearest.distance()[i]))
            .limit(PAIRS)
            .mapToInt(i -> i)
            .toArray();
    float[][] shown = Arrays.stream(order).mapToObj(i -> samples[i]).toArray(float[][]::new);
    float[][] beside =
        Arrays.stream(order).mapToObj(i -> training[nearest.index()[i]]).toArray(float[][]::new);
    return new Block(
        title.formatted(samples.length),
        Arrays.stream(order).mapToObj(i -> Numbers.of(nearest.distance()[i])).toList(),
        List.of(row(label, shown, PAIRS), row("training", beside, PAIRS)));
  }

  private List<Row> rows(String input, List<float[][]> iterates, int most) {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < iterates.size(); k++) {
      rows.add(row(Entry.of(input, k), iterates.get(k), most));
    }
    return rows;
  }

  private Row row(String label, float[][] samples, int most) {
    List<BufferedImage> images = new ArrayList<>();
    for (int i = 0; i < Math.min(most, samples.length); i++) {
      // What is not finite cannot be drawn; the label tells, and the image is grey.
      boolean drawable = Rows.finite(new float[][] {samples[i]});
      images.add(Pixels.picture(drawable ? samples[i] : new float[shape.size()], shape));
    }
    return new Row(Rows.finite(samples) ? label : label + " (diverged)", images);
  }

  private double scale() {
    return shape.dimension(0) < SMALL ? 1.5 : 1;
  }
}
