package dev.idem.uses.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.models.data.Mnist;
import org.junit.jupiter.api.Test;

class StoredTest {

  @Test
  void levelsAreRoundedAndClipped() {
    float[][] stored = Stored.eightBits(new float[][] {{-3, -1, 0.0001f, 1, 2}});
    assertThat(stored[0]).containsExactly(-1, -1, Stored.value(128), 1, 1);
    assertThat(Stored.eightBits(stored)).isDeepEqualTo(stored);
  }

  @Test
  void digitsComeBackAsTheyWere() {
    float[][] digits = Mnist.embedded().heldOut(1, 4);
    float[][] stored = Stored.eightBits(digits);
    for (int i = 0; i < digits.length; i++) {
      assertThat(stored[i]).containsExactly(digits[i], within(1e-6f));
    }
  }

  @Test
  void driftIsSquaredDifferenceOverVariance() {
    float[][] early = {{0, 1}, {2, 1}};
    float[][] late = {{0, 1}, {2, 2}};
    // The variance is (1 + 1 + 0 + 0) / 2 over the samples, the difference 1 / 2.
    assertThat(Stored.drift(early, late)).isCloseTo(0.5, within(1e-12));
    assertThat(Stored.drift(early, early)).isZero();
    assertThat(Stored.drift(new float[][] {{1}, {1}}, new float[][] {{1}, {2}})).isNaN();
  }
}
