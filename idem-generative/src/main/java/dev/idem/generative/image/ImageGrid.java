package dev.idem.generative.image;

import dev.idem.api.check.Require;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Small images of one size in labelled rows, several blocks of them stacked or side by side.
 *
 * <p>Images are enlarged without smoothing and framed thinly, so that black ones are distinct from
 * one another and white ones from the page. Blocks in one column share the width of their row
 * labels.
 *
 * @param headline above everything; blank for none
 * @param columns blocks in a row of blocks; 1 stacks them
 * @param scale points per pixel, positive; at multiples of 1/2 all pixels of a PNG are of one size
 * @param blocks row by row, at least one
 */
public record ImageGrid(String headline, int columns, double scale, List<Block> blocks)
    implements Picture {

  /**
   * Images of one kind, such as those of one method.
   *
   * @param title above the block; blank for none
   * @param columnLabels above each column, such as {@code k = 1}; empty for none
   * @param rows at least one, of equally many images
   */
  public record Block(String title, List<String> columnLabels, List<Row> rows) {

    public Block {
      columnLabels = List.copyOf(columnLabels);
      rows = List.copyOf(rows);
      Require.argument(!rows.isEmpty(), "block '%s' needs at least one row of images", title);
      int columns = rows.get(0).images().size();
      for (Row row : rows) {
        Require.argument(
            row.images().size() == columns,
            "block '%s' must have rows of equally many images: row '%s' has %s, row '%s' has %s",
            title,
            rows.get(0).label(),
            columns,
            row.label(),
            row.images().size());
      }
      Require.argument(
          columnLabels.isEmpty() || columnLabels.size() == columns,
          "block '%s' has %s column labels for %s columns",
          title,
          columnLabels.size(),
          columns);
    }

    /** A block without column labels. */
    public static Block of(String title, Row... rows) {
      return new Block(title, List.of(), List.of(rows));
    }

    /** This block, with a label above each column. */
    public Block withColumnLabels(List<String> labels) {
      return new Block(title, labels, rows);
    }

    int columns() {
      return rows.get(0).images().size();
    }
  }

  /**
   * Images in a row.
   *
   * @param label left of the images, such as {@code f(z)}; blank for none
   * @param images at least one
   */
  public record Row(String label, List<BufferedImage> images) {
    public Row {
      images = List.copyOf(images);
      Require.argument(!images.isEmpty(), "row '%s' needs at least one image", label);
    }
  }

  public ImageGrid {
    Require.positive("columns", columns);
    Require.positive("scale", scale);
    blocks = List.copyOf(blocks);
    Require.argument(!blocks.isEmpty(), "an image grid needs at least one block");
    BufferedImage first = blocks.get(0).rows().get(0).images().get(0);
    for (Block block : blocks) {
      for (Row row : block.rows()) {
        for (BufferedImage image : row.images()) {
          requireExtent(first, image, row);
        }
      }
    }
  }

  private static void requireExtent(BufferedImage first, BufferedImage image, Row row) {
    Require.argument(
        image.getWidth() == first.getWidth() && image.getHeight() == first.getHeight(),
        "images must be of one size: the first is %s x %s, one in row '%s' is %s x %s",
        first.getWidth(),
        first.getHeight(),
        row.label(),
        image.getWidth(),
        image.getHeight());
  }

  /** Blocks below one another, without a headline. */
  public static ImageGrid stacked(double scale, Block... blocks) {
    return new ImageGrid("", 1, scale, List.of(blocks));
  }

  /** Blocks side by side in one row, without a headline. */
  public static ImageGrid sideBySide(double scale, Block... blocks) {
    return new ImageGrid("", Math.max(1, blocks.length), scale, List.of(blocks));
  }

  /** This grid, with a headline. */
  public ImageGrid withHeadline(String text) {
    return new ImageGrid(text, columns, scale, blocks);
  }

  @Override
  public int width() {
    return new ImageLayout(this).width();
  }

  @Override
  public int height() {
    return new ImageLayout(this).height();
  }

  @Override
  public void draw(Graphics2D graphics) {
    new ImageLayout(this).draw(graphics);
  }
}
