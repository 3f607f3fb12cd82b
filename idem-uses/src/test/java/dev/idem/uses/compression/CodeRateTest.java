package dev.idem.uses.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CodeRateTest {

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  @Test
  void aNumberCostsTheLogarithmOfItsSmoothedShare() {
    // Symbols 1, 2, 3 and the escape: 4 + 4 = 8 in all; 1 occurred three times, 2 never.
    CodeRate rate = new CodeRate(new float[][] {{1}, {1}, {1}, {3}});
    assertThat(rate.bits(new float[][] {{1}})).isCloseTo(log2(8.0 / 4), within(1e-12));
    assertThat(rate.bits(new float[][] {{2}})).isCloseTo(log2(8.0 / 1), within(1e-12));
    assertThat(rate.bits(new float[][] {{3}, {1}})).isCloseTo((2 + 1) / 2.0, within(1e-12));
  }

  @Test
  void beyondTheRangeAnEscapeASideAndADistanceAreWritten() {
    CodeRate rate = new CodeRate(new float[][] {{1}, {1}, {1}, {3}});
    assertThat(rate.bits(new float[][] {{4}})).isCloseTo(3 + 1 + 1, within(1e-12));
    assertThat(rate.bits(new float[][] {{-4}})).isCloseTo(3 + 1 + 5, within(1e-12));
  }

  @Test
  void numbersOfACodeAddUp() {
    CodeRate rate = new CodeRate(new float[][] {{0, 5}, {0, 5}, {1, 5}});
    double first = new CodeRate(new float[][] {{0}, {0}, {1}}).bits(new float[][] {{1}});
    double second = new CodeRate(new float[][] {{5}, {5}, {5}}).bits(new float[][] {{5}});
    assertThat(rate.bits(new float[][] {{1, 5}})).isCloseTo(first + second, within(1e-12));
  }

  @Test
  void probabilitiesOfTheRangeAndTheEscapeAddUpToOne() {
    CodeRate rate = new CodeRate(new float[][] {{-2}, {0}, {0}, {7}});
    double sum = 0;
    for (int value = -2; value <= 7; value++) {
      sum += Math.pow(2, -rate.bits(new float[][] {{value}}));
    }
    // What lies beyond shares the escape, by a complete code of sides and distances.
    assertThat(sum).isCloseTo(1 - 1.0 / 15, within(1e-12));
  }

  @Test
  void codesOfAnotherWidthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeRate(new float[][] {{1}}).bits(new float[][] {{1, 2}}))
        .withMessage("a code has 2 numbers; the model is of 1");
  }
}
