package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDataSourceTest {

  /** Image i of training has the one pixel i and the label i / 2; held-out ones follow. */
  private final ImageDataSource source = source(10, 4);

  @Test
  void anEpochVisitsEachImageOnce() {
    for (long seed = 0; seed < 5; seed++) {
      List<Float> pixels = new ArrayList<>();
      for (long step = 0; step < 5; step++) {
        pixels.addAll(pixels(source.batch(seed, step, 2)));
      }
      assertThat(pixels).containsExactlyInAnyOrderElementsOf(all(source.trainingImages()));
    }
  }

  @Test
  void batchesThatReachOverTheEndOfAnEpochVisitEachImageOnceAnEpoch() {
    List<Float> pixels = new ArrayList<>();
    for (long step = 0; step < 10; step++) {
      pixels.addAll(pixels(source.batch(3, step, 7)));
    }
    for (int epoch = 0; epoch < 7; epoch++) {
      assertThat(pixels.subList(10 * epoch, 10 * epoch + 10))
          .containsExactlyInAnyOrderElementsOf(all(source.trainingImages()));
    }
  }

  @Test
  void aBatchMayHoldSeveralEpochs() {
    List<Float> large = pixels(source.batch(3, 0, 25));
    assertThat(large.subList(0, 10)).isEqualTo(pixels(source.batch(3, 0, 10)));
    assertThat(large.subList(10, 20)).isEqualTo(pixels(source.batch(3, 1, 10)));
    assertThat(large.subList(20, 25)).isEqualTo(pixels(source.batch(3, 4, 5)));
  }

  @Test
  void epochsAndSeedsHaveOrdersOfTheirOwn() {
    assertThat(pixels(source.batch(3, 0, 10))).isNotEqualTo(pixels(source.batch(3, 1, 10)));
    assertThat(pixels(source.batch(3, 0, 10))).isNotEqualTo(pixels(source.batch(4, 0, 10)));
    assertThat(pixels(source.heldOut(3, 4))).isNotEqualTo(pixels(source.heldOut(5, 4)));
  }

  @Test
  void batchesArePureInAnyOrderAndOnAnyThread() {
    float[][][] alone =
        IntStream.range(0, 50).mapToObj(step -> source.batch(1, step, 3)).toArray(float[][][]::new);
    float[][][] together = new float[50][][];
    IntStream.range(0, 50)
        .parallel()
        .forEach(step -> together[49 - step] = source.batch(1, 49 - step, 3));
    assertThat(Arrays.deepEquals(alone, together)).isTrue();
  }

  @Test
  void labelsFollowTheirImages() {
    for (long step = 0; step < 20; step++) {
      assertAligned(source.batch(2, step, 3), source.batchLabels(2, step, 3));
    }
    assertAligned(source.heldOut(2, 4), source.heldOutLabels(2, 4));
  }

  private static void assertAligned(float[][] images, int[] labels) {
    assertThat(labels).hasSameSizeAs(images);
    for (int i = 0; i < images.length; i++) {
      assertThat(labels[i]).isEqualTo(Math.round((images[i][0] + 1) * 127.5f) / 2);
    }
  }

  @Test
  void heldOutImagesAreNoneOfTheTrainingImages() {
    assertThat(pixels(source.heldOut(1, 4)))
        .containsExactlyInAnyOrderElementsOf(all(source.heldOutImages()))
        .doesNotContainAnyElementsOf(all(source.trainingImages()));
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.heldOut(1, 5))
        .withMessage("size (5) must be at most 4, the number of samples held out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.heldOutLabels(1, 0))
        .withMessage("size (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.batch(1, -1, 5))
        .withMessage("step (-1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.batchLabels(1, 0, 0))
        .withMessage("size (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.batch(1, Long.MAX_VALUE / 2, 4))
        .withMessageStartingWith("step (4611686018427387903) must be less than ");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ImageDataSource("x", source.trainingImages(), source.heldOutImages().subset()))
        .withMessage("number of held-out images (0) must be positive");
  }

  @Test
  void describesItself() {
    assertThat(source.description())
        .isEqualTo("dots, [1, 1, 1] in [-1, 1], 10 to train on, 4 held out");
  }

  private static ImageDataSource source(int training, int heldOut) {
    int count = training + heldOut;
    int[] labels = IntStream.range(0, count).map(i -> i / 2).toArray();
    try {
      LabeledImages all =
          LabeledImages.of(
              idx(IdxBytes.images(count, 1, 1), 3), idx(IdxBytes.labels(labels), 1), 10);
      return new ImageDataSource(
          "dots",
          all.subset(IntStream.range(0, training).toArray()),
          all.subset(IntStream.range(training, count).toArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static IdxFile idx(byte[] bytes, int rank) throws IOException {
    return IdxFile.read(new ByteArrayInputStream(bytes), "memory", rank);
  }

  private static List<Float> all(LabeledImages images) {
    return IntStream.range(0, images.size()).mapToObj(i -> images.image(i)[0]).toList();
  }

  private static List<Float> pixels(float[][] images) {
    return Arrays.stream(images).map(image -> image[0]).toList();
  }
}
