package dev.idem.runs.tensorboard;

import dev.idem.api.check.Require;

/** A picture as a file's bytes. Immutable. */
public final class EncodedImage {

  private final int width;
  private final int height;
  private final byte[] png;

  /**
   * A picture.
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

  /** TensorFlow's {@code Summary.Image}; 1 is its word for grey, which readers do not heed. */
  Message message() {
    return new Message().integer(1, height).integer(2, width).integer(3, 1).bytes(4, png);
  }
}
