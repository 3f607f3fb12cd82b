package dev.idem.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.comparison.Bootstrap.Interval;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether intervals of means hold what they should as often as they should. */
class SampleStatisticTest {

  @Test
  void theIntervalHoldsTheTrueMeanAboutNineteenTimesInTwenty() {
    Random random = new Random(3);
    int held = 0;
    int runs = 200;
    for (int run = 0; run < runs; run++) {
      double[] values = random.doubles(60).toArray();
      Interval interval = SampleStatistic.mean(values).interval(run).orElseThrow();
      held += interval.low() <= 0.5 && interval.high() >= 0.5 ? 1 : 0;
    }
    assertThat(held).isBetween(178, 199);
  }

  @Test
  void aRatioIsThatOfSumsNotTheMeanOfRatios() {
    SampleStatistic ratio = new SampleStatistic(new double[] {1, 1}, new double[] {1, 3});
    assertThat(ratio.value()).isEqualTo(0.5);
  }

  @Test
  void numbersThatAreNotFiniteHaveNoInterval() {
    assertThat(SampleStatistic.mean(new double[] {1, Double.POSITIVE_INFINITY}).interval(1))
        .isEmpty();
  }
}
