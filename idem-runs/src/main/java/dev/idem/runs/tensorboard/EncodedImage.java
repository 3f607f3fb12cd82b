package dev.idem.runs.tensorboard;

import dev.idem.api.check.Require;
import java.nio.ByteBuffer;

/** An image, encoded as the bytes of a PNG file. Immutable. */
public final class EncodedImage {

  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int WIDTH = 16;
  private static final int HEIGHT = 20;
  private static final int HEADER = 24;

  private final int width;
  private final int height;
  private final byte[] png;

  /**
   * An image of the given size.
   *
   * @param width in pixels, positive
   * @param height in pixels, positive
   * @param png a PNG file's content; copied
   */
  public EncodedImage(int width, int height, byte[] png) {
    Require.positive("image width", width);
    Require.positive("image height", height);
    this.width = width;
    this.height = height;
    this.png = png.clone();
  }

  /**
   * An image whose size is read from the file.
   *
   * @param png a PNG file's content; copied
   * @throws IllegalArgumentException if it does not begin with the header of a PNG file
   */
  public static EncodedImage png(byte[] png) {
    Require.argument(
        png.length >= HEADER && ByteBuffer.wrap(png).getLong() == SIGNATURE,
        "image of %s bytes is not a PNG",
        png.length);
    ByteBuffer header = ByteBuffer.wrap(png);
    return new EncodedImage(header.getInt(WIDTH), header.getInt(HEIGHT), png);
  }

  /** TensorFlow's {@code Summary.Image}; 1 is its word for grey, which readers do not heed. */
  Message message() {
    return new Message().integer(1, height).integer(2, width).integer(3, 1).bytes(4, png);
  }
}
