package dev.idem.uses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.models.data.Mnist;
import org.junit.jupiter.api.Test;

class EightBitsTest {

  @Test
  void levelsAreRoundedAndClipped() {
    float[][] stored = EightBits.stored(new float[][] {{-3, -1, 0.0001f, 1, 2}});
    assertThat(stored[0]).containsExactly(-1, -1, EightBits.value(128), 1, 1);
    assertThat(EightBits.stored(stored)).isDeepEqualTo(stored);
  }

  @Test
  void digitsComeBackAsTheyWere() {
    float[][] digits = Mnist.embedded().heldOut(1, 4);
    float[][] stored = EightBits.stored(digits);
    for (int i = 0; i < digits.length; i++) {
      assertThat(stored[i]).containsExactly(digits[i], within(1e-6f));
    }
  }
}
