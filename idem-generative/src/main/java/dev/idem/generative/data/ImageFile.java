package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.image.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Reads JPEG and PNG files as samples [h, w, c] in [-1, 1].
 *
 * <p>An image of another size is cropped to the middle, in the sample's proportions, and scaled: a
 * larger one by the mean over the area under each pixel, a smaller one by bilinear interpolation.
 * The EXIF orientation of a JPEG is respected. Transparent pixels are black. A grey image becomes
 * three equal channels where three are requested; a coloured one becomes its luma where one is.
 * Images of more than {@link #MOST_PIXELS} are refused by their header; of others only the middle
 * is decoded, in strips of at most 64 MB.
 *
 * <p>Damaged images are refused: a PNG with a wrong checksum of a chunk that pixels depend on, or
 * without its end mark; and any image of which the decoder warns, unless the warning concerns what
 * no pixel depends on (a colour profile, a thumbnail, a JFIF version, the scan parameters that
 * sequential JPEGs do not use, a chunk that the decoder ignores).
 */
public final class ImageFile {

  /** The most pixels of an image, 100 million. */
  public static final long MOST_PIXELS = 100_000_000;

  private static final String JPEG = "jpeg";
  private static final int PNG_SIGNATURE = 8;
  private static final long STRIP_BYTES = 64L << 20;

  /** Rows that are converted to RGB at a time. */
  private static final int BAND = 64;

  private static final Pattern HARMLESS =
      Pattern.compile(
          "ignor|\\bICC\\b|profile|thumbnail|JFIF|Invalid SOS parameters",
          Pattern.CASE_INSENSITIVE);

  private ImageFile() {}

  /**
   * Reads an image.
   *
   * @param shape [h, w, 1] or [h, w, 3]
   * @param fit whether an image of another size is cropped and scaled, or refused
   * @return [h w c]
   * @throws IOException if the file does not exist, is not an image, is damaged, too large, or of
   *     another size and not to be fitted; the message names the file
   */
  public static float[] read(Path file, Shape shape, boolean fit) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "image (%s) %s".formatted(file, Files.exists(file) ? "is not a file" : "does not exist"));
    }
    try {
      return Pixels.sample(picture(file, shape, fit), shape);
    } catch (UnusableImageException e) {
      throw new IOException("image (%s) %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The image in {@code file}, scaled to the size of {@code shape}. */
  static BufferedImage picture(Path file, Shape shape, boolean fit) throws IOException {
    return picture(file, shape, fit, STRIP_BYTES);
  }

  /** The same, in strips of at most so many bytes, or of one row. */
  static BufferedImage picture(Path file, Shape shape, boolean fit, long stripBytes)
      throws IOException {
    try {
      return decoded(file, shape, fit, stripBytes);
    } catch (UnusableImageException e) {
      throw e;
    } catch (IIOException | RuntimeException e) {
      // Image readers throw all kinds of exceptions on damaged files.
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new UnusableImageException(
          "is damaged, or of a kind that cannot be read: " + message.lines().findFirst().orElse(""),
          e);
    }
  }

  private static BufferedImage decoded(Path file, Shape shape, boolean fit, long stripBytes)
      throws IOException {
    if (Files.size(file) == 0) {
      throw new UnusableImageException("is empty");
    }
    // Not by way of java.io.File, which finds no name that the locale's character set lacks.
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          String format = reader.getFormatName();
          boolean jpeg = format.equalsIgnoreCase(JPEG);
          if (jpeg || format.equalsIgnoreCase("png")) {
            if (!jpeg) {
              requireChecksums(file);
            }
            reader.setInput(in, false, !jpeg);
            Orientation noted = jpeg ? orientation(reader) : Orientation.TOP_LEFT;
            return upright(reader, noted, shape, fit, stripBytes);
          }
        } finally {
          reader.dispose();
        }
      }
    }
    throw new UnusableImageException("is neither JPEG nor PNG, whatever its name");
  }

  /**
   * Compares the checksums of a PNG file, which Java's decoder does not. Those of chunks that
   * pixels depend on, which are the critical ones and {@code tRNS}, must be right, and the file
   * must reach its end mark; comments, times and colour profiles may be damaged.
   */
  private static void requireChecksums(Path file) throws IOException {
    try (CheckedInputStream bytes =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file)), new CRC32());
        DataInputStream in = new DataInputStream(bytes)) {
      in.skipNBytes(PNG_SIGNATURE);
      byte[] name = new byte[4];
      String type;
      do {
        long length = Integer.toUnsignedLong(in.readInt());
        bytes.getChecksum().reset();
        in.readFully(name);
        in.skipNBytes(length);
        int found = (int) bytes.getChecksum().getValue();
        type = new String(name, StandardCharsets.US_ASCII);
        // The fifth bit of the first letter, which makes it a capital, marks critical chunks.
        boolean pixels = (name[0] & 0x20) == 0 || type.equals("tRNS");
        if (found != in.readInt() && pixels) {
          throw new UnusableImageException(
              "is damaged: the checksum of a chunk (%s) is wrong"
                  .formatted(type.replaceAll("[^A-Za-z]", "?")));
        }
      } while (!type.equals("IEND"));
    } catch (EOFException e) {
      throw new UnusableImageException("is truncated: its end marker is missing", e);
    }
  }

  /** The orientation by the EXIF data; an image with unreadable EXIF data may still be usable. */
  private static Orientation orientation(ImageReader reader) {
    try {
      Orientation noted = ExifUtils.getExifOrientation(reader, 0);
      return noted == null ? Orientation.TOP_LEFT : noted;
    } catch (IOException | RuntimeException e) {
      return Orientation.TOP_LEFT;
    }
  }

  private static BufferedImage upright(
      ImageReader reader, Orientation orientation, Shape shape, boolean fit, long stripBytes)
      throws IOException {
    boolean lying =
        switch (orientation) {
          case LEFT_TOP, RIGHT_TOP, RIGHT_BOTTOM, LEFT_BOTTOM -> true;
          default -> false;
        };
    int height = shape.dimension(lying ? 1 : 0);
    int width = shape.dimension(lying ? 0 : 1);
    BufferedImage image = decoded(reader, width, height, fit, stripBytes);
    if (image.getWidth() != width || image.getHeight() != height) {
      image = Thumbnails.of(image).crop(Positions.CENTER).size(width, height).asBufferedImage();
    }
    return rgb(ExifFilterUtils.getFilterForOrientation(orientation).apply(image));
  }

  /** The middle, in the proportions of width and height, and no larger than these. */
  private static BufferedImage decoded(
      ImageReader reader, int width, int height, boolean fit, long stripBytes) throws IOException {
    int wide = reader.getWidth(0);
    int high = reader.getHeight(0);
    if ((long) wide * high > MOST_PIXELS) {
      throw new UnusableImageException(
          "is %s x %s pixels; at most %s are read".formatted(wide, high, MOST_PIXELS));
    }
    if (!fit && (wide != width || high != height)) {
      throw new UnusableImageException(
          "is %s x %s pixels, not %s x %s; crop and scale it (--fit)"
              .formatted(wide, high, width, height));
    }
    double scale = Math.min((double) wide / width, (double) high / height);
    int usedWide = Math.max(1, (int) Math.min(wide, Math.round(scale * width)));
    int usedHigh = Math.max(1, (int) Math.min(high, Math.round(scale * height)));
    Rectangle middle =
        new Rectangle((wide - usedWide) / 2, (high - usedHigh) / 2, usedWide, usedHigh);
    if (usedWide < width || usedHigh < height) {
      return rgb(pixels(reader, middle));
    }
    AreaMean mean = new AreaMean(usedWide, usedHigh, width, height);
    addStrips(reader, middle, stripHeight(reader, usedWide, stripBytes), mean);
    return mean.image();
  }

  private static void addStrips(ImageReader reader, Rectangle middle, int rows, AreaMean mean)
      throws IOException {
    for (int top = 0; top < middle.height; top += rows) {
      int count = Math.min(rows, middle.height - top);
      BufferedImage strip =
          pixels(reader, new Rectangle(middle.x, middle.y + top, middle.width, count));
      for (int y = 0; y < count; y += BAND) {
        int band = Math.min(BAND, count - y);
        mean.add(rgb(strip.getSubimage(0, y, middle.width, band)), top + y);
      }
    }
  }

  /** As few strips as memory allows: each is decoded from the image's first row on. */
  private static int stripHeight(ImageReader reader, int width, long stripBytes)
      throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    int bits = types.hasNext() ? types.next().getColorModel().getPixelSize() : Integer.SIZE;
    long rowBytes = Math.max(1, (long) width * bits / Byte.SIZE);
    return (int) Math.max(1, Math.min(MOST_PIXELS, stripBytes / rowBytes));
  }

  private static BufferedImage pixels(ImageReader reader, Rectangle region) throws IOException {
    AtomicReference<String> damage = new AtomicReference<>();
    reader.removeAllIIOReadWarningListeners();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (!HARMLESS.matcher(warning).find()) {
            damage.compareAndSet(null, warning.strip());
          }
        });
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(region);
    BufferedImage image = reader.read(0, param);
    if (damage.get() != null) {
      throw new UnusableImageException(
          "is damaged: " + damage.get().lines().findFirst().orElse("").strip());
    }
    if (reader.getFormatName().equalsIgnoreCase(JPEG) && image.getRaster().getNumBands() == 4) {
      // A printer's inks; some versions of Java read them, and not all to the same colours.
      throw new UnusableImageException("is a JPEG of four channels; convert it to RGB");
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

  /** A file that is not an image, or not a usable one; the message is the reason alone. */
  static final class UnusableImageException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    UnusableImageException(String reason) {
      super(reason);
    }

    UnusableImageException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
