package dev.idem.eval.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.eval.metrics.Maps;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {

  private static final float[][] SAMPLES = {{1, 2}, {3, 4}, {5, 7}};

  @Test
  void rawFeaturesAreTheSamples() {
    assertThat(FeatureSpace.raw(2).features(SAMPLES)).isDeepEqualTo(SAMPLES);
  }

  @Test
  void principalFeaturesAreCoordinatesAlongTheComponents() {
    float[][] rows = Maps.normal(1, 20, 5);
    PrincipalComponents components = PrincipalComponents.fit(rows, 2);
    FeatureSpace space = FeatureSpace.principal(components);

    assertThat(space.name()).isEqualTo("2 principal components");
    assertThat(space.width()).isEqualTo(2);
    assertThat(space.features(rows)[3][1]).isEqualTo((float) components.project(rows)[3][1]);
  }

  @Test
  void whatAFunctionReturnsIsChecked() {
    requireRefused(x -> new float[2][1], "given 3 samples, returned 2 rows");
    requireRefused(x -> new float[3][2], "must have the stated width 1, not 2");
    requireRefused(
        x -> new float[][] {{1}, {Float.NaN}, {2}},
        "features 'net', row 1, number 0 (NaN) must be finite");
  }

  private static void requireRefused(
      java.util.function.UnaryOperator<float[][]> function, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpace.of("net", 1, function).features(SAMPLES))
        .withMessageContaining(message);
  }

  @Test
  void aClassifiersProbabilitiesAreChecked() {
    LabelClassifier good =
        LabelClassifier.of(2, x -> new float[][] {{0.5f, 0.5f}, {0.1f, 0.9f}, {1, 0}});
    assertThat(good.labels(SAMPLES)).containsExactly(0, 1, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LabelClassifier.of(2, x -> new float[][] {{1, 0}, {2, 3}, {0, 1}}).labels(SAMPLES))
        .withMessageContaining("probabilities, row 1 must have sum 1, not 5.0; apply a softmax");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LabelClassifier.of(2, x -> new float[][] {{2, -1}, {1, 0}, {0, 1}}).labels(SAMPLES))
        .withMessageContaining("row 0 (-1.0) must not be negative");
    assertThatIllegalArgumentException().isThrownBy(() -> LabelClassifier.of(1, x -> x));
  }

  @Test
  void aFunctionThatWorksInPlaceOrReusesItsArraySpoilsNeitherSamplesNorFeatures() {
    float[][] samples = {{1, 2}, {3, 4}, {5, 6}};
    FeatureSpace inPlace =
        FeatureSpace.of(
            "negative",
            2,
            rows -> {
              for (float[] row : rows) {
                row[0] = -row[0];
              }
              return rows;
            });
    assertThat(inPlace.features(samples)).isDeepEqualTo(new float[][] {{-1, 2}, {-3, 4}, {-5, 6}});
    assertThat(samples).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 6}});

    float[][] reused = new float[3][2];
    LabelClassifier classifier =
        LabelClassifier.of(
            2,
            rows -> {
              for (int i = 0; i < reused.length; i++) {
                reused[i][0] = rows[i][0] > 0 ? 1 : 0;
                reused[i][1] = 1 - reused[i][0];
                rows[i][0] = 0;
              }
              return reused;
            });
    float[][] first = classifier.probabilities(samples);
    classifier.probabilities(new float[][] {{-1, 0}, {-1, 0}, {-1, 0}});
    assertThat(first).isDeepEqualTo(new float[][] {{1, 0}, {1, 0}, {1, 0}});
    assertThat(samples[0][0]).isEqualTo(1);
  }
}
