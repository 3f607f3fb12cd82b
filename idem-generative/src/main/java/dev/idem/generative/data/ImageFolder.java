package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.EpochSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of JPEG and PNG files, subfolders included, as samples [h, w, c] in [-1, 1]; see {@link
 * ImageFile} for how each is read.
 *
 * <p>Opening decodes every image once, several at a time, into a temporary file of one byte per
 * value; training reads from there. So memory is bounded by one image per thread, whatever the
 * folder holds, training steps never wait for a decoder, and damaged files are found before
 * training starts: they are skipped and listed, as are images of other formats. If they are more
 * than 5 % of the folder's images, and more than one, the folder is refused. Files that are not
 * images, such as notes, are listed separately.
 *
 * <p>A folder with CelebA's layout is known by its {@code img_align_celeba}: its own list, if
 * there, says what is trained on and what, its test part, is held out; its validation part is not
 * used. Of any other folder a tenth, at least two, is held out, the same each time for the same
 * files.
 *
 * <p>Safe for use by several threads until closed.
 */
public final class ImageFolder implements EpochSource, Closeable {

  private static final int HELD_OUT_SHARE = 10;
  private static final int LEAST_PART = 2;
  private static final int LEAST = 2 * LEAST_PART;
  private static final long SPLIT_SEED = 1;
  private static final double MOST_SKIPPED = 0.05;
  private static final String NOT_NAMED = "is not named .jpg, .jpeg or .png";
  private static final String RESOURCE_FORK = "is a resource fork of macOS, not the file itself";
  private static final Pattern PICTURES =
      Pattern.compile(".*\\.(jpg|jpeg|png)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern OTHER_IMAGES =
      Pattern.compile(
          ".*\\.(avif|bmp|gif|heic|heif|jfif|jp2|jpe|jxl|pgm|ppm|tiff?|webp)",
          Pattern.CASE_INSENSITIVE);

  private final String name;
  private final DecodedImages decoded;
  private final int[] training;
  private final int[] heldOut;
  private final List<Skipped> skipped;
  private final List<Skipped> ignored;

  private ImageFolder(
      String name,
      DecodedImages decoded,
      int[] training,
      int[] heldOut,
      List<Skipped> skipped,
      List<Skipped> ignored) {
    this.name = name;
    this.decoded = decoded;
    this.training = training;
    this.heldOut = heldOut;
    this.skipped = List.copyOf(skipped);
    this.ignored = List.copyOf(ignored);
  }

  /**
   * Opens a folder.
   *
   * @param shape [h, w, 1] or [h, w, 3] that images are scaled to
   * @param threads that decode, positive
   * @throws TooManySkippedException if more than 5 % of its images, and more than one, cannot be
   *     used
   * @throws IOException if it is not a folder, cannot be read, or holds fewer than four usable
   *     images; the message says why others are not
   */
  public static ImageFolder open(Path folder, Shape shape, int threads) throws IOException {
    return open(folder, shape, threads, MOST_SKIPPED);
  }

  /** Opens a folder of which a share of images may be skipped. */
  static ImageFolder open(Path folder, Shape shape, int threads, double mostSkipped)
      throws IOException {
    Require.positive("threads", threads);
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(
          "image folder (%s) %s; name a folder of JPEG or PNG files"
              .formatted(folder, Files.exists(folder) ? "is a file" : "does not exist"));
    }
    boolean celebA = CelebA.is(folder);
    Path root = celebA ? folder.resolve(CelebA.PICTURES) : folder;
    Optional<Map<String, CelebA.Part>> parts = celebA ? CelebA.partition(folder) : Optional.empty();
    List<Path> pictures = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    List<Skipped> ignored = new ArrayList<>();
    for (Path file : files(root)) {
      String name = String.valueOf(file.getFileName());
      // What macOS leaves beside each file on foreign disks and in archives, under a like name.
      boolean resourceFork = name.startsWith("._");
      if (!resourceFork && PICTURES.matcher(name).matches()) {
        pictures.add(file);
      } else {
        boolean image = !resourceFork && OTHER_IMAGES.matcher(name).matches();
        String reason = resourceFork ? RESOURCE_FORK : NOT_NAMED;
        (image ? skipped : ignored).add(new Skipped(Skipped.name(root, file), reason));
      }
    }
    parts.ifPresent(list -> ignored.addAll(unlisted(list, root, pictures)));
    DecodedImages decoded = DecodedImages.of(root, pictures, shape, threads);
    try {
      skipped.addAll(decoded.skipped());
      skipped.sort(Comparator.comparing(Skipped::path));
      requireEnough(folder, decoded.usable().length, skipped, mostSkipped);
      String name =
          celebA
              ? "CelebA, aligned"
              : "images of " + folder.toAbsolutePath().normalize().getFileName();
      int[][] split =
          parts.isPresent()
              ? listed(folder, parts.get(), pictures, decoded.usable())
              : shuffled(decoded.usable());
      return new ImageFolder(name, decoded, split[0], split[1], skipped, ignored);
    } catch (IOException | RuntimeException e) {
      decoded.close();
      throw e;
    }
  }

  /** What only one of CelebA's list and its folder has. */
  private static List<Skipped> unlisted(
      Map<String, CelebA.Part> parts, Path root, List<Path> pictures) {
    List<Skipped> unlisted = new ArrayList<>();
    Set<String> missing = new HashSet<>(parts.keySet());
    for (Path picture : pictures) {
      String name = String.valueOf(picture.getFileName());
      missing.remove(name);
      if (!parts.containsKey(name)) {
        unlisted.add(new Skipped(Skipped.name(root, picture), "is not in " + CelebA.PARTITION));
      }
    }
    if (!missing.isEmpty()) {
      unlisted.add(
          new Skipped(
              CelebA.PARTITION,
              "names %s images that %s does not hold".formatted(missing.size(), CelebA.PICTURES)));
    }
    return unlisted;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return found
          .filter(file -> Files.isRegularFile(file) || !Files.exists(file))
          // By their bytes: as text, names could be equal in a locale that lacks their characters.
          .sorted(Comparator.comparing(root::relativize))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(
          "image folder (%s) cannot be listed: %s".formatted(root, e.getMessage()), e);
    }
  }

  /** The indices to train on and those held out, by CelebA's list. */
  private static int[][] listed(
      Path folder, Map<String, CelebA.Part> parts, List<Path> pictures, int[] usable)
      throws IOException {
    int[] training = part(parts, CelebA.Part.TRAINING, pictures, usable);
    int[] heldOut = part(parts, CelebA.Part.TEST, pictures, usable);
    if (training.length < LEAST_PART || heldOut.length < LEAST_PART) {
      throw new IOException(
          "image folder (%s): the list names %s of its images to train on and %s to test on; at least %s of each are needed"
              .formatted(folder, training.length, heldOut.length, LEAST_PART));
    }
    return new int[][] {training, heldOut};
  }

  private static int[] part(
      Map<String, CelebA.Part> parts, CelebA.Part part, List<Path> pictures, int[] usable) {
    return Arrays.stream(usable)
        .filter(index -> parts.get(String.valueOf(pictures.get(index).getFileName())) == part)
        .toArray();
  }

  /** The indices to train on and those held out, a tenth. */
  private static int[][] shuffled(int[] usable) {
    int[] order =
        RandomStreams.permutation(usable.length, RandomStreams.stream(SPLIT_SEED, "split", 0));
    int[] shuffled = Arrays.stream(order).map(index -> usable[index]).toArray();
    int training = usable.length - Math.max(LEAST_PART, usable.length / HELD_OUT_SHARE);
    return new int[][] {
      Arrays.copyOf(shuffled, training), Arrays.copyOfRange(shuffled, training, usable.length)
    };
  }

  private static void requireEnough(
      Path folder, int usable, List<Skipped> skipped, double mostSkipped) throws IOException {
    int images = usable + skipped.size();
    if (usable >= LEAST) {
      if (skipped.size() > Math.max(1, mostSkipped * images)) {
        throw new TooManySkippedException(folder, skipped, images);
      }
      return;
    }
    String reasons =
        skipped.isEmpty()
            ? ""
            : " (%s skipped: %s)".formatted(skipped.size(), TooManySkippedException.first(skipped));
    throw new IOException(
        "image folder (%s) holds %s JPEG or PNG image%s that can be used; at least %s are needed, to train on and to hold out%s"
            .formatted(
                folder, usable == 0 ? "no" : usable, usable == 1 ? "" : "s", LEAST, reasons));
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
  public int heldOutSize() {
    return heldOut.length;
  }

  @Override
  public float[] heldOutSample(int index) {
    return decoded.read(heldOut[Objects.checkIndex(index, heldOut.length)]);
  }

  /** The skipped images, by path. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** The other files that are not used, by path: those that are not images. */
  public List<Skipped> ignored() {
    return ignored;
  }

  /**
   * Such as {@code images of faces, [64, 64, 3] in [-1, 1], 1820 to train on, 202 held out, 3
   * skipped}.
   */
  @Override
  public String description() {
    return "%s, %s in [-1, 1], %s to train on, %s held out%s"
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

  /**
   * A file that is not used.
   *
   * @param path under the folder
   * @param reason in a few words, printed after the path
   */
  public record Skipped(String path, String reason) {

    private static final char UNKNOWN = '\ufffd';

    /**
     * The name of a file under a folder; in a locale whose character set lacks one of its
     * characters, as UTF-8.
     */
    static String name(Path root, Path file) {
      String name = root.relativize(file).toString();
      return name.indexOf(UNKNOWN) < 0
          ? name
          : String.valueOf(root.toUri().relativize(file.toUri()).getPath());
    }
  }

  /** More unusable images in a folder than {@link ImageFolder} tolerates. */
  public static final class TooManySkippedException extends IOException {

    @Serial private static final long serialVersionUID = 1;
    private static final int SHOWN = 3;

    private final transient List<Skipped> skipped;

    TooManySkippedException(Path folder, List<Skipped> skipped, int images) {
      super(
          "image folder (%s): %s of %s images cannot be used, more than 5 %%: %s%s; repair or remove them"
              .formatted(
                  folder,
                  skipped.size(),
                  images,
                  first(skipped),
                  skipped.size() > SHOWN ? "; ..." : ""));
      this.skipped = List.copyOf(skipped);
    }

    /** The first of them with their reasons, on one line. */
    static String first(List<Skipped> skipped) {
      return skipped.stream()
          .limit(SHOWN)
          .map(file -> file.path() + " " + file.reason())
          .collect(Collectors.joining("; "));
    }

    /** All images that cannot be used, by path. */
    public List<Skipped> skipped() {
      return skipped;
    }
  }
}
