package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The data sets that can be fetched, by name.
 *
 * @param sets in the order they are listed
 */
public record DataSets(List<DataSet> sets) {

  private static final List<String> IDX_FILES =
      List.of(
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz");

  /** Keeps a copy of the list. */
  public DataSets {
    sets = List.copyOf(sets);
  }

  /** {@link #mnist()} and {@link #fashionMnist()}. */
  public static DataSets published() {
    return new DataSets(List.of(mnist(), fashionMnist()));
  }

  /**
   * MNIST, 70,000 handwritten digits, by Yann LeCun, Corinna Cortes and Christopher J.C. Burges.
   * The hashes are those of the files as first published; copies that were packed again differ.
   */
  public static DataSet mnist() {
    return idx(
        "mnist",
        "MNIST",
        List.of(9_912_422L, 28_881L, 1_648_877L, 4_542L),
        List.of(
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/");
  }

  /** Fashion-MNIST, 70,000 images of clothing in ten classes, by Zalando Research. */
  public static DataSet fashionMnist() {
    return idx(
        "fashion-mnist",
        "Fashion-MNIST",
        List.of(26_421_880L, 29_515L, 4_422_102L, 5_148L),
        List.of(
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        // The bucket of the authors speaks no TLS; the hash says whether the file is theirs.
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
  }

  private static DataSet idx(
      String name, String title, List<Long> bytes, List<String> sha256, String... mirrors) {
    List<PinnedFile> files =
        IntStream.range(0, IDX_FILES.size())
            .mapToObj(i -> new PinnedFile(IDX_FILES.get(i), bytes.get(i), sha256.get(i)))
            .toList();
    return new DataSet(name, title, files, Stream.of(mirrors).map(URI::create).toList());
  }

  /** The set of that name, if there is one. */
  public Optional<DataSet> named(String name) {
    return sets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /** The names, in order. */
  public List<String> names() {
    return sets.stream().map(DataSet::name).toList();
  }

  /**
   * A published data set: its files and where they can be downloaded.
   *
   * @param name on the command line and in the cache, such as {@code fashion-mnist}
   * @param title for people, such as {@code Fashion-MNIST}
   * @param files at least one
   * @param mirrors folders that hold all the files, in the order they are tried: {@code https} or
   *     {@code http}, ending in {@code /}
   */
  public record DataSet(String name, String title, List<PinnedFile> files, List<URI> mirrors) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** Checks the components. */
    public DataSet {
      Require.argument(
          NAME.matcher(name).matches(),
          "name ('%s') must be of lower-case letters, digits and '-'",
          name);
      Require.notBlank("title", title);
      files = List.copyOf(files);
      mirrors = List.copyOf(mirrors);
      Require.argument(!files.isEmpty(), "files of %s must not be empty", name);
      Require.argument(
          files.stream().map(PinnedFile::name).distinct().count() == files.size(),
          "files of %s must have different names",
          name);
      for (URI mirror : mirrors) {
        Require.argument(
            HttpDownload.isHttp(mirror) && mirror.getPath().endsWith("/"),
            "mirror (%s) must be an http or https address that ends in /",
            mirror);
      }
    }

    /** The file of that name, if it is one of them. */
    Optional<PinnedFile> file(String fileName) {
      return files.stream().filter(file -> file.name().equals(fileName)).findFirst();
    }

    /** The length of all files together, in bytes. */
    public long bytes() {
      return files.stream().mapToLong(PinnedFile::bytes).sum();
    }
  }

  /**
   * A published file whose content is known beforehand.
   *
   * @param name of the file, without a folder
   * @param bytes its length, positive
   * @param sha256 the SHA-256 of its content, 64 hexadecimal digits in lower case
   */
  public record PinnedFile(String name, long bytes, String sha256) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks the components. */
    public PinnedFile {
      Require.argument(
          NAME.matcher(name).matches(),
          "name ('%s') must be of letters, digits, '.', '_' and '-', and start with one of the"
              + " first two",
          name);
      Require.positive("bytes", bytes);
      Require.argument(
          SHA256.matcher(sha256).matches(),
          "sha256 ('%s') must be 64 hexadecimal digits in lower case",
          sha256);
    }

    /**
     * The problem with a copy of this file: none, or that it is missing, has another length or
     * another hash. A file of another length is not read.
     *
     * @throws IOException if it exists and cannot be read
     */
    public Optional<String> problem(Path copy) throws IOException {
      if (Files.notExists(copy)) {
        return Optional.of("is missing");
      }
      if (!Files.isRegularFile(copy)) {
        return Optional.of("is not a file");
      }
      long length = Files.size(copy);
      if (length != bytes) {
        return Optional.of(String.format(Locale.ROOT, "has %,d bytes, not %,d", length, bytes));
      }
      String found = FileCard.of(copy).sha256();
      return found.equals(sha256)
          ? Optional.empty()
          : Optional.of("has the SHA-256 %.12s..., not %.12s...".formatted(found, sha256));
    }
  }
}
