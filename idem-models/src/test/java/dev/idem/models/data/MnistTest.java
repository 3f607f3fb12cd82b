package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  private static final ImageDataSource EMBEDDED = Mnist.embedded();
  private static final String CARD = "/dev/idem/models/classifier/classifier.properties";

  private final Path directory;

  MnistTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void embeddedDigitsAreTheTestSetOfMnist() {
    assertThat(EMBEDDED.shape()).isEqualTo(Shape.of(28, 28, 1));
    assertThat(EMBEDDED.description())
        .isEqualTo("MNIST test digits, [28, 28, 1] in [-1, 1], 9000 to train on, 1000 held out");
    int[] training = classCounts(EMBEDDED.trainingImages());
    int[] heldOut = classCounts(EMBEDDED.heldOutImages());
    int[] all = IntStream.range(0, 10).map(i -> training[i] + heldOut[i]).toArray();
    assertThat(all).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @Test
  void bothPartsOfTheEmbeddedDigitsAreBalanced() {
    // A random thousand of ten classes holds 100 of each, give or take three times ten.
    assertThat(IntStream.of(classCounts(EMBEDDED.heldOutImages())).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(70, 135));
  }

  @Test
  void embeddedDigitsHaveTheMeanAndDeviationOfMnist() {
    // In [0, 1] the pixels of the test set have mean 0.1325 and standard deviation 0.3105.
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 9_000; i++) {
      for (float pixel : EMBEDDED.trainingImages().image(i)) {
        sum += pixel;
        squares += pixel * pixel;
      }
    }
    double mean = sum / (9_000 * 784);
    assertThat(mean).isCloseTo(2 * 0.1325 - 1, within(0.004));
    assertThat(Math.sqrt(squares / (9_000 * 784) - mean * mean))
        .isCloseTo(2 * 0.3105, within(0.004));
  }

  @Test
  void noHeldOutDigitIsInAnyTrainingBatchOfAnEpoch() {
    Set<Integer> training = new HashSet<>();
    for (long step = 0; step < 90; step++) {
      for (float[] image : EMBEDDED.batch(1, step, 100)) {
        training.add(Arrays.hashCode(image));
      }
    }
    assertThat(training).hasSize(9_000);
    for (float[] image : EMBEDDED.heldOut(1, 1_000)) {
      assertThat(training).doesNotContain(Arrays.hashCode(image));
    }
  }

  @Test
  void labelsOfTheEmbeddedDigitsFitTheImages() {
    // The mean image of each class is nearest to most held-out images of that class.
    double[][] means = classMeans(EMBEDDED.trainingImages());
    float[][] images = EMBEDDED.heldOut(1, 1_000);
    int[] labels = EMBEDDED.heldOutLabels(1, 1_000);
    long right =
        IntStream.range(0, 1_000).filter(i -> nearest(means, images[i]) == labels[i]).count();
    assertThat(right).isGreaterThan(750);
  }

  @Test
  void readsTheFourFilesOfADirectoryPlainOrCompressed() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.images(3, 28, 28));
    write("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels(1, 2, 3)));
    write("t10k-images-idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.images(2, 28, 28)));
    write("t10k-labels-idx1-ubyte", IdxBytes.labels(4, 5));
    ImageDataSource mnist = Mnist.directory(directory);
    assertThat(mnist.trainingImages().size()).isEqualTo(3);
    assertThat(mnist.heldOutImages().size()).isEqualTo(2);
    assertThat(mnist.heldOutLabels(1, 2)).containsExactlyInAnyOrder(4, 5);
    assertThat(mnist.description())
        .isEqualTo(
            directory.getFileName()
                + ", in MNIST's form, [28, 28, 1] in [-1, 1], 3 to train on, 2 held out");
  }

  @Test
  void digitsAreKnownByTheirPixelsAndLabelsNotByTheirShape() throws IOException {
    assertThat(Mnist.is(EMBEDDED)).isTrue();
    LabeledImages training = EMBEDDED.trainingImages();
    LabeledImages heldOut = EMBEDDED.heldOutImages();
    assertThat(Mnist.is(new ImageDataSource("under another name", training, heldOut))).isTrue();
    assertThat(Mnist.is(new ImageDataSource("exchanged", heldOut, training))).isFalse();
    int[] fewer = IntStream.range(0, heldOut.size() - 1).toArray();
    assertThat(Mnist.is(new ImageDataSource("fewer", training, heldOut.subset(fewer)))).isFalse();
  }

  /** What the carried classifier was trained on, and judges. */
  @Test
  void allOfMnistIsKnownByTheSumsThatTheClassifierRecords() throws IOException {
    Properties card = new Properties();
    try (InputStream in = Mnist.class.getResourceAsStream(CARD)) {
      card.load(in);
    }
    assertThat(Mnist.KNOWN)
        .contains(
            List.of(card.getProperty("training.sha256"), card.getProperty("held-out.sha256")));
  }

  @Test
  void namesWithADotBeforeIdxAreTakenToo() throws IOException {
    write("train-images.idx3-ubyte", IdxBytes.images(3, 28, 28));
    write("train-labels.idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels(1, 2, 3)));
    write("t10k-images.idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.images(2, 28, 28)));
    write("t10k-labels.idx1-ubyte", IdxBytes.labels(4, 5));
    // As some archives unpack: a folder of the file's name, and the file beside it.
    Files.createDirectory(directory.resolve("train-images-idx3-ubyte"));
    assertThat(Mnist.directory(directory).trainingImages().size()).isEqualTo(3);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Mnist.directory(directory))
        .withMessage(
            directory.resolve("train-images-idx3-ubyte")
                + ": no such file; train-images.idx3-ubyte and both names with .gz were tried too;"
                + " put the four files of MNIST into this directory");
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws IOException {
    write("train-images-idx3-ubyte", IdxBytes.images(1, 20, 28));
    write("train-labels-idx1-ubyte", IdxBytes.labels(1));
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> Mnist.directory(directory))
        .withMessageEndingWith(
            "found images of shape [20, 28, 1], expected [28, 28, 1];"
                + " check that this is the right file");
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  private static int[] classCounts(LabeledImages images) {
    int[] counts = new int[10];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    return counts;
  }

  private static double[][] classMeans(LabeledImages images) {
    double[][] means = new double[10][784];
    int[] counts = classCounts(images);
    for (int i = 0; i < images.size(); i++) {
      float[] image = images.image(i);
      int label = images.label(i);
      for (int j = 0; j < image.length; j++) {
        means[label][j] += image[j] / counts[label];
      }
    }
    return means;
  }

  private static int nearest(double[][] means, float[] image) {
    int best = 0;
    for (int label = 1; label < means.length; label++) {
      if (distance(means[label], image) < distance(means[best], image)) {
        best = label;
      }
    }
    return best;
  }

  private static double distance(double[] mean, float[] image) {
    double sum = 0;
    for (int i = 0; i < image.length; i++) {
      sum += (mean[i] - image[i]) * (mean[i] - image[i]);
    }
    return sum;
  }
}
