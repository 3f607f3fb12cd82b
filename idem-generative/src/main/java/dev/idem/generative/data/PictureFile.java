package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.image.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;

/**
 * Reads JPEG and PNG files as samples [h, w, c] in [-1, 1].
 *
 * <p>A picture of another extent is cut to the middle, in the sample's proportions, and scaled.
 * Transparent places are black. A grey picture is given three equal channels where three are asked
 * for; of a coloured one, the luma is taken where one is. Pictures of more than {@link
 * #MOST_PIXELS} are refused by their header, and large ones are thinned out while they are decoded,
 * so that little memory is needed.
 */
public final class PictureFile {

  /** The most pixels of a picture, 100 million. */
  public static final long MOST_PIXELS = 100_000_000;

  private PictureFile() {}

  /**
   * Reads a picture.
   *
   * @param shape [h, w, 1] or [h, w, 3]
   * @param fit whether a picture of another extent is cut and scaled, or refused
   * @return [h w c]
   * @throws IOException if the file is not there, is no picture, is damaged, too large, or of
   *     another extent and not to be fitted; the message names the file
   */
  public static float[] read(Path file, Shape shape, boolean fit) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("image (%s) is not there".formatted(file));
    }
    try {
      return Pixels.sample(picture(file, shape, fit), shape);
    } catch (UnusablePictureException e) {
      throw new IOException("image (%s) %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The picture of {@code file}, brought to the extent of {@code shape}. */
  static BufferedImage picture(Path file, Shape shape, boolean fit) throws IOException {
    try {
      return fitted(decoded(file, shape, fit), shape);
    } catch (UnusablePictureException e) {
      throw e;
    } catch (IIOException | RuntimeException e) {
      // Readers of pictures meet damage with whatever it leads them to.
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new UnusablePictureException(
          "is damaged: " + message.lines().findFirst().orElse(""), e);
    }
  }

  private static BufferedImage decoded(Path file, Shape shape, boolean fit) throws IOException {
    if (Files.size(file) == 0) {
      throw new UnusablePictureException("is empty");
    }
    try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnusablePictureException("is neither JPEG nor PNG, whatever its name");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decoded(reader, shape, fit);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decoded(ImageReader reader, Shape shape, boolean fit)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      throw new UnusablePictureException(
          "is %d x %d pixels; at most %d are read".formatted(width, height, MOST_PIXELS));
    }
    if (!fit && (width != shape.dimension(1) || height != shape.dimension(0))) {
      throw new UnusablePictureException(
          "is %d x %d pixels, not %d x %d; fit it to cut and scale it"
              .formatted(width, height, shape.dimension(1), shape.dimension(0)));
    }
    AtomicBoolean truncated = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.contains("remature end")) {
            truncated.set(true);
          }
        });
    int thinned =
        Math.max(1, Math.min(width / shape.dimension(1), height / shape.dimension(0)) / 2);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(thinned, thinned, 0, 0);
    BufferedImage image = reader.read(0, param);
    if (truncated.get()) {
      throw new UnusablePictureException("is damaged: it ends before its last pixel");
    }
    return image;
  }

  private static BufferedImage fitted(BufferedImage image, Shape shape) throws IOException {
    BufferedImage rgb = rgb(image);
    int height = shape.dimension(0);
    int width = shape.dimension(1);
    if (rgb.getWidth() == width && rgb.getHeight() == height) {
      return rgb;
    }
    return rgb(Thumbnails.of(rgb).crop(Positions.CENTER).size(width, height).asBufferedImage());
  }

  private static BufferedImage rgb(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_INT_RGB) {
      return image;
    }
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      copyGrey(image, rgb);
      return rgb;
    }
    Graphics2D graphics = rgb.createGraphics();
    graphics.drawImage(image, 0, 0, Color.BLACK, null);
    graphics.dispose();
    return rgb;
  }

  /** Byte for byte: Java would take grey for linear light, and brighten it. */
  private static void copyGrey(BufferedImage grey, BufferedImage rgb) {
    Raster raster = grey.getRaster();
    int bits = grey.getColorModel().getComponentSize(0);
    double full = (1L << bits) - 1;
    boolean alpha = raster.getNumBands() > 1;
    for (int y = 0; y < grey.getHeight(); y++) {
      for (int x = 0; x < grey.getWidth(); x++) {
        double value = raster.getSample(x, y, 0) / full;
        double opaque = alpha ? raster.getSample(x, y, 1) / full : 1;
        int level = (int) Math.round(255 * value * opaque);
        rgb.setRGB(x, y, (level << 16) | (level << 8) | level);
      }
    }
  }
}
