package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.EpochOrder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of JPEG and PNG files, subfolders included, as samples [h, w, c] in [-1, 1]; how each is
 * read, {@link PictureFile} says.
 *
 * <p>Opening decodes every picture once, several at a time, into a temporary file of a byte a
 * number; training reads from there. So memory is bounded by a picture a thread, whatever the
 * folder holds, steps wait for no decoder, and what is damaged is known before training starts:
 * such files are skipped and listed.
 *
 * <p>A folder with CelebA's layout is known by its {@code img_align_celeba}: its own list, if
 * there, says what is trained on and what, its test part, is held out. Of any other folder a tenth,
 * at least two, is held out, the same each time for the same files.
 *
 * <p>Safe for use by several threads until closed.
 */
public final class ImageFolder implements FiniteDataSource, Closeable {

  private static final int HELD_OUT_SHARE = 10;
  private static final int LEAST_PART = 2;
  private static final int LEAST = 2 * LEAST_PART;
  private static final long SPLIT_SEED = 1;
  private static final int REASONS_TOLD = 3;

  private final String name;
  private final DecodedPictures decoded;
  private final int[] training;
  private final int[] heldOut;
  private final List<Skipped> skipped;
  private final int ignored;

  private ImageFolder(
      String name,
      DecodedPictures decoded,
      int[] training,
      int[] heldOut,
      List<Skipped> skipped,
      int ignored) {
    this.name = name;
    this.decoded = decoded;
    this.training = training;
    this.heldOut = heldOut;
    this.skipped = List.copyOf(skipped);
    this.ignored = ignored;
  }

  /**
   * Opens a folder.
   *
   * @param shape [h, w, 1] or [h, w, 3] that pictures are brought to
   * @param threads that decode, positive
   * @throws IOException if it is not a folder, cannot be read, or holds fewer than four pictures
   *     that can be used; the message says why others cannot
   */
  public static ImageFolder open(Path folder, Shape shape, int threads) throws IOException {
    Require.positive("threads", threads);
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(
          "image folder (%s) is %s; name a folder of JPEG or PNG files"
              .formatted(folder, Files.exists(folder) ? "a file" : "not there"));
    }
    boolean celebA = CelebA.is(folder);
    Path root = celebA ? folder.resolve(CelebA.PICTURES) : folder;
    Optional<Map<String, CelebA.Part>> parts = celebA ? CelebA.partition(folder) : Optional.empty();
    List<Path> files = files(root);
    List<Path> pictures = files.stream().filter(ImageFolder::isPicture).toList();
    DecodedPictures decoded = DecodedPictures.of(root, pictures, shape, threads);
    try {
      return split(folder, celebA, parts, pictures, decoded, files.size() - pictures.size());
    } catch (IOException | RuntimeException e) {
      decoded.close();
      throw e;
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return found
          .filter(file -> Files.isRegularFile(file) || !Files.exists(file))
          .sorted((a, b) -> root.relativize(a).toString().compareTo(root.relativize(b).toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(
          "image folder (%s) cannot be listed: %s".formatted(root, e.getMessage()), e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  private static ImageFolder split(
      Path folder,
      boolean celebA,
      Optional<Map<String, CelebA.Part>> parts,
      List<Path> pictures,
      DecodedPictures decoded,
      int ignored)
      throws IOException {
    int[] usable = decoded.usable();
    requireEnough(folder, usable.length, decoded.skipped());
    int[] training;
    int[] heldOut;
    if (parts.isPresent()) {
      training = part(parts.get(), CelebA.Part.TRAINING, pictures, usable);
      heldOut = part(parts.get(), CelebA.Part.TEST, pictures, usable);
      if (training.length < LEAST_PART || heldOut.length < LEAST_PART) {
        throw new IOException(
            "image folder (%s): of its pictures the list names %d to train on and %d to test on; at least %d of each are needed"
                .formatted(folder, training.length, heldOut.length, LEAST_PART));
      }
    } else {
      int[] order =
          RandomStreams.permutation(usable.length, RandomStreams.stream(SPLIT_SEED, "split", 0));
      int[] shuffled = Arrays.stream(order).map(index -> usable[index]).toArray();
      int held = Math.max(LEAST_PART, usable.length / HELD_OUT_SHARE);
      training = Arrays.copyOf(shuffled, usable.length - held);
      heldOut = Arrays.copyOfRange(shuffled, usable.length - held, usable.length);
    }
    String name =
        celebA
            ? "CelebA, aligned"
            : "images of " + folder.toAbsolutePath().normalize().getFileName();
    return new ImageFolder(name, decoded, training, heldOut, decoded.skipped(), ignored);
  }

  private static void requireEnough(Path folder, int usable, List<Skipped> skipped)
      throws IOException {
    if (usable >= LEAST) {
      return;
    }
    String reasons =
        skipped.stream()
            .limit(REASONS_TOLD)
            .map(file -> file.path() + " " + file.reason())
            .collect(Collectors.joining("; "));
    throw new IOException(
        "image folder (%s) holds %s JPEG or PNG picture%s that can be used; at least %d are needed, to train on and to hold out%s"
            .formatted(
                folder,
                usable == 0 ? "no" : usable,
                usable == 1 ? "" : "s",
                LEAST,
                reasons.isEmpty() ? "" : " (" + skipped.size() + " skipped: " + reasons + ")"));
  }

  private static int[] part(
      Map<String, CelebA.Part> parts, CelebA.Part part, List<Path> pictures, int[] usable) {
    return Arrays.stream(usable)
        .filter(index -> parts.get(String.valueOf(pictures.get(index).getFileName())) == part)
        .toArray();
  }

  @Override
  public Shape shape() {
    return decoded.shape();
  }

  @Override
  public int trainingSize() {
    return training.length;
  }

  @Override
  public float[] trainingSample(int index) {
    return decoded.read(training[Objects.checkIndex(index, training.length)]);
  }

  @Override
  public float[][] batch(long seed, long step, int size) {
    return read(training, EpochOrder.batch(training.length, seed, step, size));
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return read(heldOut, EpochOrder.heldOut(heldOut.length, seed, size));
  }

  private float[][] read(int[] part, int[] indices) {
    List<float[]> read = new ArrayList<>();
    for (int index : indices) {
      read.add(decoded.read(part[index]));
    }
    return read.toArray(float[][]::new);
  }

  /** The number of pictures held out. */
  public int heldOutSize() {
    return heldOut.length;
  }

  /** The pictures that could not be used, by path. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** The number of files that are not named as JPEG or PNG. */
  public int ignored() {
    return ignored;
  }

  /**
   * Such as {@code images of faces, [64, 64, 3] in [-1, 1], 1820 to train on, 202 held out, 3
   * skipped}.
   */
  @Override
  public String description() {
    return "%s, %s in [-1, 1], %d to train on, %d held out%s"
        .formatted(
            name,
            shape(),
            training.length,
            heldOut.length,
            skipped.isEmpty() ? "" : ", " + skipped.size() + " skipped");
  }

  /** Removes the temporary file; the samples cannot be read afterwards. */
  @Override
  public void close() throws IOException {
    decoded.close();
  }
}
