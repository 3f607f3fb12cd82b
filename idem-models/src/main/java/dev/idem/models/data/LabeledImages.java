package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Grey-scale images [h, w, 1] and a class for each, in memory at one byte a pixel. Immutable.
 *
 * <p>Pixels are numbers in [-1, 1]: byte / 127.5 - 1, so that 0 (the background of MNIST) becomes
 * -1 and 255 becomes 1.
 */
public final class LabeledImages {

  /** What each byte becomes: a look-up takes less time than a division. */
  private static final float[] VALUES = new float[256];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = i / 127.5f - 1;
    }
  }

  private final Shape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private volatile @Nullable String sha256;

  private LabeledImages(Shape shape, byte[] pixels, byte[] labels) {
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Reads two IDX files of unsigned bytes, plain or gzip.
   *
   * @param images [count, h, w]
   * @param labels [count], each less than {@code classes}
   * @param classes the number of classes, positive and at most 256
   * @throws MalformedFileException if a file is damaged or the two do not go together
   * @throws IOException if a file cannot be read
   */
  public static LabeledImages read(Path images, Path labels, int classes) throws IOException {
    return of(IdxFile.read(images, 3), IdxFile.read(labels, 1), classes);
  }

  static LabeledImages of(IdxFile images, IdxFile labels, int classes)
      throws MalformedFileException {
    Require.argument(classes > 0 && classes <= 256, "classes (%s) must be in [1, 256]", classes);
    int count = images.shape().dimension(0);
    if (labels.shape().last() != count) {
      throw IdxFile.malformed(
          labels.name(),
          labels.shape().last() + " labels",
          count + ", one for each image of " + images.name(),
          "take both files from the same set");
    }
    byte[] classOf = labels.elements();
    for (int i = 0; i < count; i++) {
      if (Byte.toUnsignedInt(classOf[i]) >= classes) {
        throw IdxFile.malformed(
            labels.name(),
            "label " + Byte.toUnsignedInt(classOf[i]) + " at index " + i,
            "0 to " + (classes - 1),
            "check that this is the right file");
      }
    }
    Shape shape = Shape.of(images.shape().dimension(1), images.shape().dimension(2), 1);
    return new LabeledImages(shape, images.elements(), classOf);
  }

  /** The shape [h, w, 1] of one image. */
  public Shape shape() {
    return shape;
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /**
   * The pixels of an image, row-major, in [-1, 1]; a fresh array.
   *
   * @throws IndexOutOfBoundsException if {@code index} is not in [0, size())
   */
  public float[] image(int index) {
    Objects.checkIndex(index, size());
    float[] image = new float[shape.size()];
    int offset = index * image.length;
    for (int i = 0; i < image.length; i++) {
      image[i] = VALUES[Byte.toUnsignedInt(pixels[offset + i])];
    }
    return image;
  }

  /**
   * The class of an image, from 0.
   *
   * @throws IndexOutOfBoundsException if {@code index} is not in [0, size())
   */
  public int label(int index) {
    return Byte.toUnsignedInt(labels[Objects.checkIndex(index, size())]);
  }

  /**
   * A fingerprint of these images: the SHA-256, in hexadecimal, of all pixels as bytes, row-major,
   * and after them all labels as bytes. It does not depend on how files were compressed.
   */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = FileCard.of(pixels, labels).sha256();
      sha256 = known;
    }
    return known;
  }

  /**
   * The images at {@code indices}, in that order.
   *
   * @throws IndexOutOfBoundsException if an index is not in [0, size())
   */
  public LabeledImages subset(int... indices) {
    int width = shape.size();
    byte[] chosenPixels = new byte[Math.multiplyExact(indices.length, width)];
    byte[] chosenLabels = new byte[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int index = Objects.checkIndex(indices[i], size());
      System.arraycopy(pixels, index * width, chosenPixels, i * width, width);
      chosenLabels[i] = labels[index];
    }
    return new LabeledImages(shape, chosenPixels, chosenLabels);
  }
}
