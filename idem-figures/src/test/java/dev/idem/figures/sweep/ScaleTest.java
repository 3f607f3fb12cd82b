package dev.idem.figures.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void logarithmicScaleSpacesRatiosEvenly() {
    Scale scale = Scale.of(List.of(0.01, 100.0, 0.0, Double.POSITIVE_INFINITY), true);

    assertThat(scale.at(1)).isCloseTo(0.5, within(1e-12));
    assertThat(scale.at(0)).isZero();
    assertThat(scale.at(1_000)).isEqualTo(1);
    assertThat(scale.ticks())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(0.01, 0.1, 1.0, 10.0, 100.0);
  }

  @Test
  void singleValueLiesInTheMiddle() {
    assertThat(Scale.of(List.of(3.0), true).at(3)).isCloseTo(0.5, within(1e-12));
    assertThat(Scale.of(List.of(3.0), false).at(3)).isCloseTo(0.5, within(1e-12));
    assertThat(Scale.of(List.of(0.0), false).at(0)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void outliersOfTheMetricLieBeyondTheScaleAndThoseOfAnAxisDoNot() {
    List<Double> values = List.of(1.0, 1.5, 2.0, 2.5, 1e9);

    assertThat(Scale.ofMetric(values, true)).isEqualTo(new Scale(1, 100, true, true));
    assertThat(Scale.of(values, true)).isEqualTo(new Scale(1, 1e9, true, false));
  }

  @Test
  void everyScaleHasTicksWithinIt() {
    for (List<Double> values :
        List.of(
            List.<Double>of(),
            List.of(2.1, 2.2),
            List.of(1e-12, 1e12),
            List.of(0.003, 0.7),
            List.of(-5.0, 12.0))) {
      for (boolean logarithmic : List.of(false, true)) {
        Scale scale = Scale.of(values, logarithmic);
        assertThat(scale.ticks())
            .hasSizeBetween(2, 11)
            .allMatch(tick -> tick > scale.low() - 1e-6 && tick < scale.high() * 1.001);
      }
    }
  }

  @Test
  void coloursDarkenTowardsTheBest() {
    Colours colours = new Colours(Scale.of(List.of(1.0, 1000.0), true));
    List<Double> light =
        List.of(1.0, 10.0, 100.0, 1000.0).stream()
            .map(colours::of)
            .map(c -> 0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue())
            .toList();

    assertThat(light).isSorted().doesNotHaveDuplicates();
    assertThat(colours.of(Double.POSITIVE_INFINITY)).isEqualTo(Colours.DIVERGED);
  }

  @Test
  void labelsAreShort() {
    assertThat(Labels.shortened("a\n b" + "c".repeat(100), 12)).hasSize(12).startsWith("a bccc");
  }

  @Test
  void valuesThatDifferInTheLastBitHaveTicks() {
    for (double value : new double[] {0.1, 0.3, 1, 1e6, -0.1}) {
      Scale scale = Scale.of(List.of(value, Math.nextUp(value)), false);
      assertThat(scale.ticks()).hasSizeBetween(1, 7);
    }
  }
}
