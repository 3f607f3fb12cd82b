package dev.idem.uses.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.uses.tabular.HeldRows.RocArea;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RocAreaTest {

  @Test
  void isTheShareOfPairsInWhichTheAnomalyScoresHigher() {
    // 2 beats 1; 4 beats 1 and 3; 0 beats none: 3 of 6 pairs.
    assertThat(RocArea.of(new double[] {1, 3}, new double[] {2, 4, 0})).isEqualTo(0.5);
    assertThat(RocArea.of(new double[] {1, 2, 3}, new double[] {4, 5})).isEqualTo(1);
    assertThat(RocArea.of(new double[] {4, 5}, new double[] {1, 2, 3})).isZero();
  }

  @Test
  void countsTiesHalf() {
    // 1 ties with 1 and beats none; 2 beats 1 and ties with 2: (1/2 + 0 + 1 + 1/2) of 4.
    assertThat(RocArea.of(new double[] {1, 2}, new double[] {1, 2})).isEqualTo(0.5);
    // 2 beats 1 and ties with both 2s: 1 + 1/2 + 1/2 of 3.
    assertThat(RocArea.of(new double[] {1, 2, 2}, new double[] {2}))
        .isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void isAHalfForTheScoresOfTheIdentityWhichAreAllZero() {
    assertThat(RocArea.of(new double[5], new double[3])).isEqualTo(0.5);
  }

  @Test
  void takesInfiniteScoresAndIsNotANumberIfOneIs() {
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(RocArea.of(new double[] {1, infinite}, new double[] {infinite})).isEqualTo(0.75);
    assertThat(RocArea.of(new double[] {1, Double.NaN}, new double[] {2})).isNaN();
    assertThat(RocArea.of(new double[] {1}, new double[] {2, Double.NaN})).isNaN();
  }

  @Test
  void needsBothKinds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RocArea.of(new double[3], new double[0]))
        .withMessage("scores of 3 normal samples and 0 anomalies: each must be at least one");
  }

  @Property(tries = 50, seed = "1")
  void exchangedKindsGiveTheRest(
      @ForAll @Size(min = 1, max = 9) @DoubleRange(max = 3) double[] a,
      @ForAll @Size(min = 1, max = 9) @DoubleRange(max = 3) double[] b) {
    assertThat(RocArea.of(a, b) + RocArea.of(b, a)).isCloseTo(1, within(1e-12));
  }
}
