package dev.idem.eval;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.eval.Quantiles.Quartiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {

  @Test
  void betweenOrderStatisticsQuartilesAreLinear() {
    assertThat(Quartiles.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    assertThat(Quartiles.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0))).isEqualTo(new Quartiles(2, 3, 4));
    assertThat(Quartiles.of(List.of(7.0))).isEqualTo(new Quartiles(7, 7, 7));
  }

  @Test
  void infiniteValuesCountAndGiveNoNan() {
    double inf = POSITIVE_INFINITY;

    assertThat(Quartiles.of(List.of(1.0, inf, 2.0))).isEqualTo(new Quartiles(1.5, 2, inf));
    assertThat(Quartiles.of(List.of(1.0, 2.0, inf, inf))).isEqualTo(new Quartiles(1.75, inf, inf));
    assertThat(Quartiles.of(List.of(inf, inf, inf))).isEqualTo(new Quartiles(inf, inf, inf));
    assertThat(Quartiles.of(List.of(inf, NEGATIVE_INFINITY)).median()).isZero();
  }

  @Test
  void noValuesAndNanAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Quartiles.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quartiles.of(List.of(1.0, Double.NaN)))
        .withMessage("quartiles need numbers, one is NaN");
  }
}
