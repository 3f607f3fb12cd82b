package dev.idem.figures;

import dev.idem.api.check.Require;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.chart.SvgWriter;
import dev.idem.generative.image.Picture;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a figure.
 *
 * @param drawings charts and images, the first of which is the main one
 * @param tables its numbers
 * @param measured sentences that sum up the measurements, the most important ones first
 * @param findings on the claims that the figure measures
 */
public record FigureResult(
    List<Drawing> drawings, List<Table> tables, List<String> measured, List<Finding> findings) {

  /**
   * A drawing of a figure.
   *
   * @param name of its files, without ending
   * @param caption what it shows, sample sizes included
   * @param picture charts or images; its PNG file is rendered once
   */
  public record Drawing(String name, String caption, Picture picture) {
    public Drawing {
      picture = picture instanceof RenderedOnce ? picture : new RenderedOnce(picture);
      Require.argument(
          name.matches("[a-z0-9][a-z0-9-]*"),
          "drawing name '%s' must be lower-case and hyphens",
          name);
    }
  }

  /** A picture that keeps its PNG file, which goes into a file and into every state of the page. */
  private static final class RenderedOnce implements Picture {

    private final Picture picture;
    private byte @Nullable [] png;

    RenderedOnce(Picture picture) {
      this.picture = picture;
    }

    @Override
    public int width() {
      return picture.width();
    }

    @Override
    public int height() {
      return picture.height();
    }

    @Override
    public void draw(Graphics2D graphics) {
      picture.draw(graphics);
    }

    @Override
    public byte[] png() {
      byte[] rendered = png;
      if (rendered == null) {
        rendered = picture.png();
        png = rendered;
      }
      return rendered.clone();
    }
  }

  public FigureResult {
    drawings = List.copyOf(drawings);
    tables = List.copyOf(tables);
    measured = List.copyOf(measured);
    findings = List.copyOf(findings);
  }

  /** Of a figure that measures no claim. */
  public FigureResult(List<Drawing> drawings, List<Table> tables, List<String> measured) {
    this(drawings, tables, measured, List.of());
  }

  /**
   * Writes the drawings as PNG and SVG and the tables as CSV.
   *
   * @throws IOException if a file cannot be written, naming it
   */
  public void write(OutputFolder folder) throws IOException {
    for (Drawing drawing : drawings) {
      folder.write(drawing.name() + ".png", drawing.picture().png());
      folder.write(drawing.name() + ".svg", SvgWriter.svg(drawing.picture()));
    }
    for (Table table : tables) {
      folder.write(table.fileName(), table.csv());
    }
  }
}
