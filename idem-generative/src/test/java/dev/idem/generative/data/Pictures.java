package dev.idem.generative.data;

import dev.idem.api.random.RandomStreams;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files for tests, good and bad. */
final class Pictures {

  private Pictures() {}

  /** A picture whose left half has one colour and whose right half another. */
  static BufferedImage halves(int width, int height, int type, Color left, Color right) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(left);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(right);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    return image;
  }

  static BufferedImage rgb(int width, int height, int seed) {
    return halves(
        width,
        height,
        BufferedImage.TYPE_INT_RGB,
        new Color(seed * 37 % 256, 40, 200),
        new Color(10, seed * 53 % 256, 90));
  }

  static Path write(BufferedImage image, Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!ImageIO.write(image, format.equals("jpeg") ? "jpg" : format, file.toFile())) {
      throw new IOException("cannot write " + file);
    }
    return file;
  }

  static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  static Path truncated(Path file, double share) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
  }

  /** A PNG that claims an extent and holds next to nothing. */
  static byte[] pngClaiming(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {8, 2, 0, 0, 0});
    chunk(bytes, "IHDR", header.toByteArray());
    chunk(bytes, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
    chunk(bytes, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  /** A PNG with a comment whose checksum is wrong, after its header. */
  static byte[] withComment(byte[] png) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int header = 33;
    bytes.write(png, 0, header);
    chunk(bytes, "tEXt", "Title\0a".getBytes(StandardCharsets.US_ASCII));
    byte[] begun = bytes.toByteArray();
    begun[begun.length - 1] ^= 1;
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(begun);
    whole.write(png, header, png.length - header);
    return whole.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream to, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }

  /** A JPEG with a camera's note of its orientation, 1 to 8, after its first marker. */
  static byte[] jpegTurned(BufferedImage image, int orientation) throws IOException {
    byte[] jpeg = bytes(image, "jpg");
    ByteArrayOutputStream note = new ByteArrayOutputStream();
    note.write("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII));
    DataOutputStream tiff = new DataOutputStream(note);
    tiff.writeShort(42);
    tiff.writeInt(8);
    tiff.writeShort(1);
    tiff.writeShort(0x0112);
    tiff.writeShort(3);
    tiff.writeInt(1);
    tiff.writeShort(orientation);
    tiff.writeShort(0);
    tiff.writeInt(0);
    // After the JFIF segment, which readers want first.
    int at = 4 + 256 * Byte.toUnsignedInt(jpeg[4]) + Byte.toUnsignedInt(jpeg[5]);
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(jpeg, 0, at);
    DataOutputStream out = new DataOutputStream(turned);
    out.writeShort(0xffe1);
    out.writeShort(note.size() + 2);
    out.write(note.toByteArray());
    out.write(jpeg, at, jpeg.length - at);
    return turned.toByteArray();
  }

  /** A picture that compression makes little of, so that a cut file is one that lacks pixels. */
  static BufferedImage noisy(int width, int height) {
    RandomGenerator random = RandomStreams.stream(6, "noisy", 0);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  /** A JPEG of cyan, magenta, yellow and black, as printers have them. */
  static byte[] fourInks(int width, int height) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, new int[] {10, 200, 30, 90});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With the mark by which readers know four channels as inks. */
  static byte[] markedByAdobe(byte[] jpeg) throws IOException {
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(jpeg, 0, 2);
    DataOutputStream out = new DataOutputStream(marked);
    out.writeShort(0xffee);
    out.writeShort(14);
    out.write("Adobe".getBytes(StandardCharsets.US_ASCII));
    out.writeShort(100);
    out.writeInt(0);
    out.writeByte(0);
    out.write(jpeg, 2, jpeg.length - 2);
    return marked.toByteArray();
  }
}
