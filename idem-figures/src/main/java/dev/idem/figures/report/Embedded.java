package dev.idem.figures.report;

import dev.idem.api.check.Require;
import dev.idem.figures.FigureResult.Drawing;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An image in a page.
 *
 * @param caption what it shows
 * @param png a PNG file of two pixels per point, as idem draws them
 */
@SuppressWarnings("ArrayRecordComponent") // an image to show, never compared
public record Embedded(String caption, byte[] png) {

  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int WIDTH = 16;
  private static final int HEIGHT = 20;
  private static final int HEADER = 24;
  private static final int PIXELS_PER_POINT = 2;

  /** Smaller images are not made smaller still. */
  private static final int LEAST_PIXELS = 200;

  public Embedded {
    Require.argument(
        png.length >= HEADER && ByteBuffer.wrap(png).getLong(0) == SIGNATURE,
        "image of %s bytes is not a PNG",
        png.length);
  }

  /** A drawing, rendered. */
  public static Embedded of(Drawing drawing) {
    return new Embedded(drawing.caption(), drawing.picture().png());
  }

  int width() {
    return Math.max(1, pixels(WIDTH) / PIXELS_PER_POINT);
  }

  int height() {
    return Math.max(1, pixels(HEIGHT) / PIXELS_PER_POINT);
  }

  private int pixels(int offset) {
    return ByteBuffer.wrap(png).getInt(offset);
  }

  /**
   * The images in so many bytes: as long as they have more, the largest file is replaced by one of
   * half the width and height.
   */
  static List<Embedded> within(int bytes, List<Embedded> images) {
    List<Embedded> fitting = new ArrayList<>(images);
    while (fitting.stream().mapToLong(image -> image.png.length).sum() > bytes) {
      int largest = -1;
      for (int i = 0; i < fitting.size(); i++) {
        if (fitting.get(i).pixels(WIDTH) >= LEAST_PIXELS
            && (largest < 0 || fitting.get(i).png.length > fitting.get(largest).png.length)) {
          largest = i;
        }
      }
      if (largest < 0) {
        break;
      }
      fitting.set(largest, fitting.get(largest).halved());
    }
    return fitting;
  }

  private Embedded halved() {
    try {
      // In memory, and not by way of a temporary file; closed by reading.
      @Nullable BufferedImage whole =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
      if (whole == null) {
        throw new IOException("its format is unknown");
      }
      BufferedImage half =
          new BufferedImage(
              Math.max(1, whole.getWidth() / 2),
              Math.max(1, whole.getHeight() / 2),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = half.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(whole, 0, 0, half.getWidth(), half.getHeight(), null);
      graphics.dispose();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        ImageIO.write(half, "png", out);
      }
      return new Embedded(caption, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("image '%s': %s".formatted(caption, e.getMessage()), e);
    }
  }
}
