package dev.idem.uses.compression;

import dev.idem.api.algebra.Shape;
import dev.idem.uses.EightBits;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * JPEG of the Java platform, baseline and grey, as a map of images in [-1, 1]: they are written and
 * read again as one large image, {@link #ACROSS} beside one another. A file of 28 x 28 pixels would
 * be nearly all headers, and a batch of images in one file is what a network's code, whose model is
 * not counted either, is to be compared with. Huffman tables are made for the file.
 *
 * @param shape [h, w, 1]
 * @param quality of the writer, from 0 to 1
 */
record Jpeg(Shape shape, float quality) implements UnaryOperator<float[][]> {

  private static final int ACROSS = 16;
  private static final int MARKER = 0xFF;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE_BYTES = 2;

  @Override
  public float[][] apply(float[][] images) {
    BufferedImage sheet;
    try {
      sheet = ImageIO.read(new ByteArrayInputStream(written(images)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    float[][] read = new float[images.length][shape.size()];
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < shape.size(); j++) {
        read[i][j] = EightBits.value(sheet.getRaster().getSample(x(i, j), y(i, j), 0));
      }
    }
    return read;
  }

  /** The bits of the entropy-coded scan for each image: without headers and tables. */
  double bits(float[][] images) {
    byte[] file = written(images);
    return 8.0 * (file.length - END_OF_IMAGE_BYTES - scanStart(file)) / images.length;
  }

  /** Follows the segments behind the start of the image to the end of the scan's header. */
  private static int scanStart(byte[] file) {
    int at = 2;
    while (at + 3 < file.length && unsigned(file, at) == MARKER) {
      int length = unsigned(file, at + 2) << 8 | unsigned(file, at + 3);
      if (unsigned(file, at + 1) == START_OF_SCAN) {
        return at + 2 + length;
      }
      at += 2 + length;
    }
    throw new IllegalStateException("the JPEG writer gave a file without a scan");
  }

  private static int unsigned(byte[] file, int at) {
    return Byte.toUnsignedInt(file[at]);
  }

  private byte[] written(float[][] images) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      JPEGImageWriteParam settings = (JPEGImageWriteParam) writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      settings.setOptimizeHuffmanTables(true);
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet(images), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Images that are left of the last row stay black. */
  private BufferedImage sheet(float[][] images) {
    int rows = (images.length + ACROSS - 1) / ACROSS;
    BufferedImage sheet =
        new BufferedImage(
            ACROSS * shape.dimension(1), rows * shape.dimension(0), BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = sheet.getRaster();
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < shape.size(); j++) {
        raster.setSample(x(i, j), y(i, j), 0, EightBits.level(images[i][j]));
      }
    }
    return sheet;
  }

  private int x(int image, int pixel) {
    return image % ACROSS * shape.dimension(1) + pixel % shape.dimension(1);
  }

  private int y(int image, int pixel) {
    return image / ACROSS * shape.dimension(0) + pixel / shape.dimension(1);
  }
}
