package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * MNIST, handwritten digits [28, 28, 1] with labels 0 to 9, by Yann LeCun, Corinna Cortes and
 * Christopher J.C. Burges (CC BY-SA 3.0; see NOTICE).
 */
public final class Mnist {

  private static final Shape SHAPE = Shape.of(28, 28, 1);
  private static final int CLASSES = 10;
  private static final int EMBEDDED_TRAINING = 9_000;
  private static final long EMBEDDED_SPLIT_SEED = 1;

  /** {@link LabeledImages#sha256} of what is trained on and of what is held out, in that order. */
  static final Set<List<String>> KNOWN =
      Set.of(
          List.of(
              "edc0d1098aa497be14ace79ddd5171e5a3dcf9c4d196c015389203eb3ba1f59b",
              "c3f9adf9c66efb572b1f9326c3a511b45910c7173b97be66ceceeeeaef6b802b"),
          List.of(
              "1e58db800796a65b4075e9b099c82b26df0d485c8804d3c97499d0899529d76f",
              "9cf4a9e8d68a250b695e21e57cf64232621c71099335f06c4eeb1997ac58f85f"));

  private Mnist() {}

  /**
   * The 10,000 digits of MNIST's own test set, which this library carries: 9,000 to train on and
   * 1,000 held out. The split is one fixed shuffle, because the file is not in random order: the
   * writers of its two halves differ, and so does their difficulty. Results are not comparable with
   * those published for MNIST, whose test set is what is trained on here.
   */
  public static ImageDataSource embedded() {
    LabeledImages all;
    try {
      all =
          digits(
              resource("t10k-images-idx3-ubyte.gz", 3), resource("t10k-labels-idx1-ubyte.gz", 1));
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded MNIST digits cannot be read", e);
    }
    int[] order =
        RandomStreams.permutation(
            all.size(), RandomStreams.stream(EMBEDDED_SPLIT_SEED, "split", 0));
    return new ImageDataSource(
        "MNIST test digits",
        all.subset(Arrays.copyOf(order, EMBEDDED_TRAINING)),
        all.subset(Arrays.copyOfRange(order, EMBEDDED_TRAINING, order.length)));
  }

  /**
   * All of MNIST from a directory that holds its four files under their own names, each plain or
   * with the ending {@code .gz}: {@code train-images-idx3-ubyte} and {@code
   * train-labels-idx1-ubyte} (60,000) to train on, {@code t10k-images-idx3-ubyte} and {@code
   * t10k-labels-idx1-ubyte} (10,000) held out. Names with a dot before {@code idx}, as some mirrors
   * and unpackers have them, are accepted. Other sets have files of these names too: only one that
   * {@linkplain #is is MNIST} is called so in its description, others by the directory's name.
   *
   * @throws NoSuchFileException if a file is missing
   * @throws MalformedFileException if a file is damaged, or not of this form
   * @throws IOException if a file cannot be read
   */
  public static ImageDataSource directory(Path directory) throws IOException {
    ImageDataSource images = directory(directory, "MNIST");
    return is(images)
        ? images
        : new ImageDataSource(
            directory.toAbsolutePath().normalize().getFileName() + ", in MNIST's form",
            images.trainingImages(),
            images.heldOutImages());
  }

  /**
   * Whether images are MNIST's digits, known by the SHA-256 of pixels and labels: all 70,000 with
   * the 10,000 of the test set held out, or those of {@link #embedded()}.
   */
  public static boolean is(ImageDataSource images) {
    return KNOWN.contains(
        List.of(images.trainingImages().sha256(), images.heldOutImages().sha256()));
  }

  /**
   * A set of MNIST's form, such as Fashion-MNIST, from a directory that holds its four files under
   * MNIST's names, see {@link #directory(Path)}.
   *
   * @param description of the set, such as {@code Fashion-MNIST}
   * @throws NoSuchFileException if a file is missing
   * @throws MalformedFileException if a file is damaged, or not of this form
   * @throws IOException if a file cannot be read
   */
  public static ImageDataSource directory(Path directory, String description) throws IOException {
    return new ImageDataSource(description, part(directory, "train"), part(directory, "t10k"));
  }

  private static LabeledImages part(Path directory, String part) throws IOException {
    return digits(
        IdxFile.read(file(directory, part + "-images-idx3-ubyte"), 3),
        IdxFile.read(file(directory, part + "-labels-idx1-ubyte"), 1));
  }

  private static Path file(Path directory, String name) throws NoSuchFileException {
    String dotted = name.replace("-idx", ".idx");
    for (String candidate : new String[] {name, name + ".gz", dotted, dotted + ".gz"}) {
      if (Files.isRegularFile(directory.resolve(candidate))) {
        return directory.resolve(candidate);
      }
    }
    throw new NoSuchFileException(
        directory.resolve(name).toString(),
        null,
        "no such file; %s and both names with .gz were tried too; put the four files of MNIST into this directory"
            .formatted(dotted));
  }

  private static IdxFile resource(String name, int rank) throws IOException {
    try (InputStream in = Mnist.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing from the class path");
      }
      return IdxFile.read(in, name, rank);
    }
  }

  private static LabeledImages digits(IdxFile images, IdxFile labels) throws IOException {
    LabeledImages digits = LabeledImages.of(images, labels, CLASSES);
    if (!digits.shape().equals(SHAPE)) {
      throw IdxFile.malformed(
          images.name(),
          "images of shape " + digits.shape(),
          SHAPE.toString(),
          "check that this is the right file");
    }
    return digits;
  }
}
