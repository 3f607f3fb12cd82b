package dev.idem.generative.image;

import dev.idem.api.check.Require;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
          Require.argument(
              image.getWidth() == first.getWidth() && image.getHeight() == first.getHeight(),
              "images must be of one size: the first is %s x %s, one in row '%s' is %s x %s",
              first.getWidth(),
              first.getHeight(),
              row.label(),
              image.getWidth(),
              image.getHeight());
        }
      }
    }
  }

  @Override
  public int width() {
    return new Layout(this).width();
  }

  @Override
  public int height() {
    return new Layout(this).height();
  }

  @Override
  public void draw(Graphics2D graphics) {
    new Layout(this).draw(graphics);
  }

  /** Where the parts of an {@link ImageGrid} lie: whole points, so that images stay crisp. */
  private static final class Layout {

    private static final Font HEADLINE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font COLUMN_LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);
    private static final Color FRAME = new Color(0x999999);

    private static final int MARGIN = 10;
    private static final int GAP = 3;
    private static final int BLOCK_GAP = 16;
    private static final int LABEL_GAP = 8;
    private static final int COLUMN_LABEL_GAP = 8;
    private static final int HEADLINE_HEIGHT = 28;
    private static final int TITLE_HEIGHT = 22;
    private static final int COLUMN_LABEL_HEIGHT = 18;
    private static final double FRAME_WIDTH = 0.5;

    private final ImageGrid grid;
    private final int imageWidth;
    private final int imageHeight;
    private final int columns;
    private final int[] labelWidths;
    private final int[] blockWidths;
    private final int[] blockHeights;

    Layout(ImageGrid grid) {
      this.grid = grid;
      BufferedImage image = grid.blocks().get(0).rows().get(0).images().get(0);
      this.imageWidth = (int) Math.ceil(grid.scale() * image.getWidth());
      this.imageHeight = (int) Math.ceil(grid.scale() * image.getHeight());
      this.columns = Math.min(grid.columns(), grid.blocks().size());
      this.labelWidths = new int[columns];
      this.blockWidths = new int[columns];
      this.blockHeights = new int[(grid.blocks().size() + columns - 1) / columns];
      measure();
    }

    private void measure() {
      List<Block> blocks = grid.blocks();
      for (int i = 0; i < blocks.size(); i++) {
        int column = i % columns;
        labelWidths[column] = Math.max(labelWidths[column], labelWidth(blocks.get(i)));
        blockHeights[i / columns] = Math.max(blockHeights[i / columns], height(blocks.get(i)));
      }
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        int images = block.columns() * pitch(block) - GAP;
        int content = Math.max(images, textWidth(TITLE, block.title()));
        int column = i % columns;
        blockWidths[column] = Math.max(blockWidths[column], labelWidths[column] + content);
      }
    }

    private static int labelWidth(Block block) {
      int widest = widest(LABEL, block.rows().stream().map(Row::label));
      return widest == 0 ? 0 : widest + LABEL_GAP;
    }

    private int height(Block block) {
      return headHeight(block) + block.rows().size() * (imageHeight + GAP) - GAP;
    }

    private static int headHeight(Block block) {
      return (block.title().isBlank() ? 0 : TITLE_HEIGHT)
          + (block.columnLabels().isEmpty() ? 0 : COLUMN_LABEL_HEIGHT);
    }

    /** From one image's left edge to the next one's: no column label may touch its neighbour. */
    private int pitch(Block block) {
      int label = widest(COLUMN_LABEL, block.columnLabels().stream());
      return Math.max(imageWidth + GAP, label == 0 ? 0 : label + COLUMN_LABEL_GAP);
    }

    private static int widest(Font font, Stream<String> texts) {
      return texts.mapToInt(text -> textWidth(font, text)).max().orElse(0);
    }

    private static int textWidth(Font font, String text) {
      return text.isBlank() ? 0 : (int) Math.ceil(font.getStringBounds(text, MEASURE).getWidth());
    }

    private int headlineHeight() {
      return grid.headline().isBlank() ? 0 : HEADLINE_HEIGHT;
    }

    int width() {
      int content = Arrays.stream(blockWidths).sum() + (columns - 1) * BLOCK_GAP;
      return 2 * MARGIN + Math.max(content, textWidth(HEADLINE, grid.headline()));
    }

    int height() {
      return 2 * MARGIN
          + headlineHeight()
          + Arrays.stream(blockHeights).sum()
          + (blockHeights.length - 1) * BLOCK_GAP;
    }

    void draw(Graphics2D graphics) {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      text(graphics, HEADLINE, grid.headline(), MARGIN, MARGIN + HEADLINE.getSize());
      int top = MARGIN + headlineHeight();
      for (int row = 0; row < blockHeights.length; row++) {
        int left = MARGIN;
        for (int column = 0; column < columns; column++) {
          int index = row * columns + column;
          if (index < grid.blocks().size()) {
            draw(graphics, grid.blocks().get(index), left + labelWidths[column], top);
          }
          left += blockWidths[column] + BLOCK_GAP;
        }
        top += blockHeights[row] + BLOCK_GAP;
      }
    }

    /** Draws a block whose first image's left edge is at {@code left}. */
    private void draw(Graphics2D graphics, Block block, int left, int top) {
      text(graphics, TITLE, block.title(), left, top + TITLE.getSize());
      int pitch = pitch(block);
      int imagesTop = top + headHeight(block);
      int inset = (pitch - GAP - imageWidth) / 2;
      List<String> columnLabels = block.columnLabels();
      for (int column = 0; column < columnLabels.size(); column++) {
        String label = columnLabels.get(column);
        int centre = left + column * pitch + inset + imageWidth / 2;
        int x = centre - textWidth(COLUMN_LABEL, label) / 2;
        text(graphics, COLUMN_LABEL, label, x, imagesTop - 5);
      }
      for (int r = 0; r < block.rows().size(); r++) {
        Row row = block.rows().get(r);
        int y = imagesTop + r * (imageHeight + GAP);
        int x = left - LABEL_GAP - textWidth(LABEL, row.label());
        text(graphics, LABEL, row.label(), x, y + imageHeight / 2 + LABEL.getSize() / 3);
        for (int column = 0; column < row.images().size(); column++) {
          image(graphics, row.images().get(column), left + column * pitch + inset, y);
        }
      }
    }

    private void image(Graphics2D graphics, BufferedImage image, int x, int y) {
      graphics.setPaint(FRAME);
      graphics.fill(
          new Rectangle2D.Double(
              x - FRAME_WIDTH,
              y - FRAME_WIDTH,
              grid.scale() * image.getWidth() + 2 * FRAME_WIDTH,
              grid.scale() * image.getHeight() + 2 * FRAME_WIDTH));
      AffineTransform place = AffineTransform.getTranslateInstance(x, y);
      place.scale(grid.scale(), grid.scale());
      graphics.drawImage(image, place, null);
    }

    private static void text(Graphics2D graphics, Font font, String text, int x, int y) {
      if (!text.isBlank()) {
        graphics.setPaint(Color.BLACK);
        graphics.setFont(font);
        graphics.drawString(text, x, y);
      }
    }
  }
}
