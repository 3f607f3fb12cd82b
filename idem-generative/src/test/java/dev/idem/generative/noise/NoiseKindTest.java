package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseKindTest {

  private static final Shape SHAPE = Shape.of(2, 2, 1);

  @Test
  void kindsAreFoundByTheirLabels() {
    assertThat(NoiseKind.labels()).containsExactly("white", "spectral", "covariance");
    assertThat(NoiseKind.labelled("spectral")).contains(NoiseKind.SPECTRAL);
    assertThat(NoiseKind.labelled("Spectral")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = NoiseKind.class,
      names = {"SPECTRAL", "COVARIANCE"})
  void unsuitableImagesAreNamed(NoiseKind kind) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 1, NoiseKindTest::image))
        .withMessage("count (1) must be at least 2: noise needs images that differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 20_000_000, NoiseKindTest::image))
        .withMessage("count (20000000) must be at most 16777216: give a subset");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 3, i -> new float[i + 4]))
        .withMessage("image 1 has 5 numbers; shape [2, 2, 1] needs 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 3, i -> new float[] {0, 0, Float.NaN, i}))
        .withMessage("image 0 has NaN at index 2; every number must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 3, i -> new float[] {0, 0, 0, 1 / (2f - i)}))
        .withMessage("image 2 has Infinity at index 3; every number must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.estimate(SHAPE, 7, i -> new float[] {0.1f, 0.2f, 0.3f, -1}))
        .withMessage("all 7 images are the same; noise needs some that differ");
  }

  @Test
  void aSpectrumNeedsImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoiseKind.SPECTRAL.estimate(Shape.of(4), 5, NoiseKindTest::image))
        .withMessage("shape [4] must be [height, width, channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoiseKind.SPECTRAL.restore(Shape.of(4), Map.of()))
        .withMessage("shape [4] must be [height, width, channels]");
  }

  @Test
  void covarianceAndWhiteNoiseTakeAnyShape() {
    assertThat(NoiseKind.COVARIANCE.estimate(Shape.of(4), 5, NoiseKindTest::image).batch(1, 0, 2))
        .hasDimensions(2, 4);
    assertThat(NoiseKind.WHITE.estimate(Shape.of(4), 0, NoiseKindTest::image).batch(1, 0, 2))
        .hasDimensions(2, 4);
  }

  @ParameterizedTest
  @CsvSource({"SPECTRAL, imaginaryMean", "COVARIANCE, factors", "COVARIANCE, images"})
  void aMissingStatisticIsNamed(NoiseKind kind, String name) {
    Map<String, float[]> statistics = statistics(kind);
    List<String> all = new ArrayList<>(statistics.keySet());
    statistics.remove(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.restore(SHAPE, statistics))
        .withMessage(
            "statistics of %s noise must be %s, not %s", kind.label(), all, statistics.keySet());
  }

  @ParameterizedTest
  @EnumSource(NoiseKind.class)
  void anUnknownStatisticIsNamed(NoiseKind kind) {
    Map<String, float[]> statistics = statistics(kind);
    List<String> all = new ArrayList<>(statistics.keySet());
    statistics.put("other", new float[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.restore(SHAPE, statistics))
        .withMessage(
            "statistics of %s noise must be %s, not %s", kind.label(), all, statistics.keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "SPECTRAL, realMean, 3, 4",
    "SPECTRAL, realDeviation, 5, 4",
    "SPECTRAL, images, 0, 1",
    "COVARIANCE, mean, 8, 4",
    "COVARIANCE, images, 2, 1"
  })
  void aStatisticOfTheWrongLengthIsNamed(NoiseKind kind, String name, int length, int right) {
    assertRejected(
        kind,
        name,
        new float[length],
        "statistic '%s' has %s numbers; it must have %s".formatted(name, length, right));
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "9"})
  void factorsThatAreNotWholeRowsAreNamed(int length) {
    assertRejected(
        NoiseKind.COVARIANCE,
        "factors",
        new float[length],
        "statistic 'factors' has " + length + " numbers; it must have some, in rows of 4");
  }

  @Test
  void statisticsThatCannotBeAreNamed() {
    for (NoiseKind kind : List.of(NoiseKind.SPECTRAL, NoiseKind.COVARIANCE)) {
      for (String name : new HashSet<>(statistics(kind).keySet())) {
        float[] values = statistics(kind).get(name);
        values[values.length - 1] = Float.NaN;
        assertRejected(
            kind,
            name,
            values,
            "statistic '%s' has NaN at index %s; it must be finite"
                .formatted(name, values.length - 1));
      }
    }
    for (String name : List.of("realDeviation", "imaginaryDeviation")) {
      assertRejected(
          NoiseKind.SPECTRAL,
          name,
          new float[] {0, 1, -0.5f, 1},
          "statistic '" + name + "' has -0.5 at index 2; it must not be negative");
    }
    for (float images : new float[] {1, 2.5f, -3, 1e9f}) {
      assertRejected(
          NoiseKind.COVARIANCE,
          "images",
          new float[] {images},
          "statistic 'images' (" + images + ") must be a whole number in [2, 16777216]");
    }
  }

  @Test
  void statisticsThatOverflowAFloatAreNotEstimated() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NoiseKind.SPECTRAL.estimate(
                    SHAPE, 2, i -> new float[] {3e38f, 3e38f, 3e38f, i * 3e38f}))
        .withMessage("statistic 'realMean' has Infinity at index 0; it must be finite");
  }

  private static void assertRejected(NoiseKind kind, String name, float[] values, String message) {
    Map<String, float[]> statistics = statistics(kind);
    statistics.put(name, values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.restore(SHAPE, statistics))
        .withMessage(message);
  }

  private static float[] image(int index) {
    return new float[] {index, 1, index * index, -index};
  }

  private static Map<String, float[]> statistics(NoiseKind kind) {
    return new LinkedHashMap<>(kind.estimate(SHAPE, 5, NoiseKindTest::image).statistics());
  }
}
