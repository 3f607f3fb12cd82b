package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.image.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
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
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Reads JPEG and PNG files as samples [h, w, c] in [-1, 1].
 *
 * <p>A picture of another extent is cut to the middle, in the sample's proportions, and scaled. A
 * camera's note of how a JPEG is to be turned is followed. Transparent places are black. A grey
 * picture is given three equal channels where three are asked for; of a coloured one, the luma is
 * taken where one is. Pictures of more than {@link #MOST_PIXELS} are refused by their header; of
 * others only the middle is decoded, and thinned out meanwhile, so that little memory is needed.
 */
public final class PictureFile {

  /** The most pixels of a picture, 100 million. */
  public static final long MOST_PIXELS = 100_000_000;

  private static final String JPEG = "jpeg";

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
      throw new IOException(
          "image (%s) is %s".formatted(file, Files.exists(file) ? "no file" : "not there"));
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
      return decoded(file, shape, fit);
    } catch (UnusablePictureException e) {
      throw e;
    } catch (IIOException | RuntimeException e) {
      // Readers of pictures meet damage with whatever it leads them to.
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new UnusablePictureException(
          "is damaged, or of a kind that cannot be read: " + message.lines().findFirst().orElse(""),
          e);
    }
  }

  private static BufferedImage decoded(Path file, Shape shape, boolean fit) throws IOException {
    if (Files.size(file) == 0) {
      throw new UnusablePictureException("is empty");
    }
    try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          String format = reader.getFormatName();
          boolean jpeg = format.equalsIgnoreCase(JPEG);
          if (jpeg || format.equalsIgnoreCase("png")) {
            reader.setInput(in, false, !jpeg);
            return upright(reader, jpeg ? orientation(reader) : Orientation.TOP_LEFT, shape, fit);
          }
        } finally {
          reader.dispose();
        }
      }
    }
    throw new UnusablePictureException("is neither JPEG nor PNG, whatever its name");
  }

  /** As the camera noted it; a picture whose notes cannot be read may still be one. */
  private static Orientation orientation(ImageReader reader) {
    try {
      Orientation noted = ExifUtils.getExifOrientation(reader, 0);
      return noted == null ? Orientation.TOP_LEFT : noted;
    } catch (IOException | RuntimeException e) {
      return Orientation.TOP_LEFT;
    }
  }

  private static BufferedImage upright(
      ImageReader reader, Orientation orientation, Shape shape, boolean fit) throws IOException {
    boolean lying =
        switch (orientation) {
          case LEFT_TOP, RIGHT_TOP, RIGHT_BOTTOM, LEFT_BOTTOM -> true;
          default -> false;
        };
    int height = shape.dimension(lying ? 1 : 0);
    int width = shape.dimension(lying ? 0 : 1);
    BufferedImage image = rgb(decoded(reader, width, height, fit));
    if (image.getWidth() != width || image.getHeight() != height) {
      image = Thumbnails.of(image).crop(Positions.CENTER).size(width, height).asBufferedImage();
    }
    return rgb(ExifFilterUtils.getFilterForOrientation(orientation).apply(image));
  }

  /**
   * The middle, in the proportions of width and height, at least twice as large where it can be.
   */
  private static BufferedImage decoded(ImageReader reader, int width, int height, boolean fit)
      throws IOException {
    int wide = reader.getWidth(0);
    int high = reader.getHeight(0);
    if ((long) wide * high > MOST_PIXELS) {
      throw new UnusablePictureException(
          "is %d x %d pixels; at most %d are read".formatted(wide, high, MOST_PIXELS));
    }
    if (!fit && (wide != width || high != height)) {
      throw new UnusablePictureException(
          "is %d x %d pixels, not %d x %d; cut and scale it (--fit)"
              .formatted(wide, high, width, height));
    }
    AtomicBoolean truncated = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.contains("remature end")) {
            truncated.set(true);
          }
        });
    double scale = Math.min((double) wide / width, (double) high / height);
    int usedWide = Math.max(1, (int) Math.min(wide, Math.round(scale * width)));
    int usedHigh = Math.max(1, (int) Math.min(high, Math.round(scale * height)));
    int thinned = Math.max(1, (int) (scale / 2));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(
        new Rectangle((wide - usedWide) / 2, (high - usedHigh) / 2, usedWide, usedHigh));
    param.setSourceSubsampling(thinned, thinned, 0, 0);
    BufferedImage image = reader.read(0, param);
    if (truncated.get()) {
      throw new UnusablePictureException("is damaged: it ends before its last pixel");
    }
    if (reader.getFormatName().equalsIgnoreCase(JPEG) && image.getRaster().getNumBands() == 4) {
      // A printer's inks; some versions of Java read them, and not all to the same colours.
      throw new UnusablePictureException("is a JPEG of four channels; convert it to RGB");
    }
    return image;
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
