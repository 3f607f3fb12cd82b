package dev.idem.models.fetch;

import dev.idem.models.fetch.DataSet.PinnedFile;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The data sets that can be fetched, by name.
 *
 * @param sets in the order they are listed
 */
public record DataSets(List<DataSet> sets) {

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

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
   * The hashes are those of the files as first published; copies that were packed again have
   * others.
   */
  public static DataSet mnist() {
    return new DataSet(
        "mnist",
        "MNIST",
        List.of(
            new PinnedFile(
                TRAIN_IMAGES,
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new PinnedFile(
                TRAIN_LABELS,
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new PinnedFile(
                TEST_IMAGES,
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new PinnedFile(
                TEST_LABELS,
                4_542,
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
        List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")));
  }

  /** Fashion-MNIST, 70,000 images of clothing in ten classes, by Zalando Research. */
  public static DataSet fashionMnist() {
    return new DataSet(
        "fashion-mnist",
        "Fashion-MNIST",
        List.of(
            new PinnedFile(
                TRAIN_IMAGES,
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new PinnedFile(
                TRAIN_LABELS,
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new PinnedFile(
                TEST_IMAGES,
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new PinnedFile(
                TEST_LABELS,
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
        List.of(
            URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
            URI.create(
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            // The bucket of the authors speaks no TLS; the hash says whether the file is theirs.
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")));
  }

  /** The set of that name, if there is one. */
  public Optional<DataSet> named(String name) {
    return sets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /** The names, in order. */
  public List<String> names() {
    return sets.stream().map(DataSet::name).toList();
  }
}
