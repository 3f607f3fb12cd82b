package dev.idem.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.CheckedSamples;
import org.junit.jupiter.api.Test;

/** What a source gives is what it was asked for, or is refused by its name. */
class CheckedSamplesTest {

  private static final class Source implements DataSource {
    private final float[][] samples;

    Source(float[][] samples) {
      this.samples = samples;
    }

    @Override
    public Shape shape() {
      return Shape.of(3);
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return samples;
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return samples;
    }

    @Override
    public String description() {
      return "test source";
    }
  }

  @Test
  void whatWasAskedForIsHandedOnAndKeptHoweverTheSourceUsesItsArrays() {
    float[][] samples = {{1, 2, 3}, {4, 5, 6}};
    float[][] batch = CheckedSamples.batch(new Source(samples), 1, 0, 2);
    float[][] heldOut = CheckedSamples.heldOut(new Source(samples), 1, 2);
    samples[1][2] = 0;
    assertThat(batch).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(heldOut).isDeepEqualTo(batch);
  }

  @Test
  void anythingElseIsRefusedByName() {
    refused(null, "null");
    refused(new float[1][3], "1 samples");
    refused(new float[3][3], "3 samples");
    refused(new float[][] {new float[3], new float[4]}, "a sample of 4 numbers");
    refused(new float[][] {new float[3], null}, "a sample of null");
  }

  private static void refused(float[][] samples, String given) {
    String message =
        "data source (test source) gave " + given + "; expected 2 samples of 3 values each";
    Source source = new Source(samples);
    assertThatThrownBy(() -> CheckedSamples.batch(source, 1, 0, 2)).hasMessage(message);
    assertThatThrownBy(() -> CheckedSamples.heldOut(source, 1, 2)).hasMessage(message);
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedByName() {
    float[][] samples = {new float[3], {0, Float.NaN, 0}};
    assertThatThrownBy(() -> CheckedSamples.batch(new Source(samples), 1, 0, 2))
        .hasMessage(
            "data source (test source) gave a sample that holds NaN; samples must be finite");
  }
}
