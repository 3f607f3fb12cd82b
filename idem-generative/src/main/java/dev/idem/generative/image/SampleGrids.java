package dev.idem.generative.image;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples as grids of images. */
public final class SampleGrids {

  private static final int IN_A_ROW = 8;
  private static final int BLOCKS_IN_A_ROW = 2;
  private static final int SMALL = 40;

  /** The most pixels of a figure: 256 MB while it is drawn. */
  private static final long MOST_PIXELS = 1 << 26;

  /** The gap between two images, in points, drawn at two pixels per point. */
  private static final int GAP = 6;

  private final Shape shape;

  /**
   * Grids of images.
   *
   * @param shape [h, w, c] of each
   */
  public SampleGrids(Shape shape) {
    this.shape = shape;
  }

  /** The most images that are drawn in one figure. */
  public int most() {
    double high = 2 * (scale() * shape.dimension(0) + GAP);
    double wide = 2 * (scale() * shape.dimension(1) + GAP);
    return (int) (MOST_PIXELS / (high * wide));
  }

  /** A block of images for each iterate, eight in a row. */
  public ImageGrid blocks(List<String> titles, List<float[][]> iterates) {
    List<Block> blocks = new ArrayList<>();
    for (int k = 0; k < iterates.size(); k++) {
      List<Row> rows = new ArrayList<>();
      float[][] samples = iterates.get(k);
      int columns = Math.min(IN_A_ROW, samples.length);
      for (int from = 0; from < samples.length; from += columns) {
        float[][] shown = Arrays.copyOfRange(samples, from, from + columns);
        // The last row is filled up with white.
        for (int i = samples.length - from; i < columns; i++) {
          shown[i] = new float[shape.size()];
          Arrays.fill(shown[i], 1);
        }
        rows.add(row("", shown));
      }
      blocks.add(new Block(titles.get(k), List.of(), rows));
    }
    return new ImageGrid("", Math.min(BLOCKS_IN_A_ROW, blocks.size()), scale(), blocks);
  }

  /** A row for each iterate, with its label. */
  public ImageGrid rows(List<String> labels, List<float[][]> iterates) {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < iterates.size(); k++) {
      rows.add(row(labels.get(k), iterates.get(k)));
    }
    return new ImageGrid("", 1, scale(), List.of(new Block("", List.of(), rows)));
  }

  private double scale() {
    return shape.dimension(0) < SMALL ? 1.5 : 1;
  }

  private Row row(String label, float[][] samples) {
    return new Row(
        label, Arrays.stream(samples).map(sample -> Pixels.picture(sample, shape)).toList());
  }

  /** {@code z, f(z), f²(z), ...} of {@code argument}, up to k. */
  public static List<String> powers(String first, String argument, int k) {
    List<String> labels = new ArrayList<>(List.of(first));
    for (int i = 1; i <= k; i++) {
      labels.add("f" + (i == 1 ? "" : superscript(i)) + argument);
    }
    return labels;
  }

  private static String superscript(int number) {
    StringBuilder digits = new StringBuilder();
    for (char digit : Integer.toString(number).toCharArray()) {
      digits.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
    }
    return digits.toString();
  }
}
