package dev.idem.eval.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.eval.distribution.DistributionMetric;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule for metrics fails for a metric that breaks it, and names it. */
class BrokenMetricsTest {

  /** The distance of the means of the first feature: right in all that a test does not override. */
  static class MeanDistance implements DistributionMetric {
    @Override
    public String name() {
      return "mean distance";
    }

    @Override
    public Goal goal() {
      return Goal.LOWER;
    }

    @Override
    public String bias() {
      return "biased upwards by finite samples; sees one mean";
    }

    @Override
    public double least() {
      return 0;
    }

    @Override
    public double measure(float[][] real, float[][] generated) {
      DistributionMetric.requireSamples(real, generated);
      return Math.abs(mean(real) - mean(generated));
    }

    static double mean(float[][] rows) {
      double sum = 0;
      for (float[] row : rows) {
        sum += row[0];
      }
      return sum / rows.length;
    }
  }

  @Nested
  class Unbroken extends MetricContractTest {
    @Override
    protected DistributionMetric metric() {
      return new MeanDistance();
    }

    @Override
    protected boolean symmetric() {
      return true;
    }
  }

  private static void assertBroken(
      Supplier<DistributionMetric> metric, Consumer<MetricContractTest> rule, String... told) {
    MetricContractTest contract =
        new MetricContractTest() {
          @Override
          protected DistributionMetric metric() {
            return metric.get();
          }

          @Override
          protected boolean symmetric() {
            return true;
          }
        };
    assertThatThrownBy(() -> rule.accept(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("metric " + metric.get().getClass().getName())
        .hasMessageContainingAll(told);
  }

  @Test
  void missingWordsAndBoundsAreReported() {
    class Nameless extends MeanDistance {
      @Override
      public String name() {
        return " ";
      }
    }
    class UpsideDown extends MeanDistance {
      @Override
      public double most() {
        return -1;
      }
    }
    assertBroken(Nameless::new, MetricContractTest::itSaysWhatItIs, "must be a line each");
    assertBroken(UpsideDown::new, MetricContractTest::itSaysWhatItIs, "least (0.0) must be below");
  }

  @Test
  void valuesOutOfBoundsAndNaNAreReported() {
    class Signed extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return mean(real) - mean(generated);
      }
    }
    class Undefined extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return Double.NaN;
      }
    }
    Consumer<MetricContractTest> rule = MetricContractTest::valuesAreFiniteAndWithinTheirBounds;
    assertBroken(Signed::new, rule, "which is not between least (0.0)");
    assertBroken(Undefined::new, rule, "gave NaN");
    assertBroken(
        Undefined::new,
        MetricContractTest::tooFewSamplesHaveAReasonInPlaceOfANumber,
        "gave NaN for 1 samples of either; give a reason by refusal");
  }

  @Test
  void chanceAndMemoryAreReported() {
    class Drawing extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return super.measure(real, generated) + Math.random();
      }
    }
    int[] made = {0};
    class Numbered extends MeanDistance {
      private final int number = made[0]++;

      @Override
      public double measure(float[][] real, float[][] generated) {
        return super.measure(real, generated) + number;
      }
    }
    Consumer<MetricContractTest> rule = MetricContractTest::theSameSamplesGiveTheSameBits;
    assertBroken(Drawing::new, rule, "draw from a seed, remember nothing");
    assertBroken(Numbered::new, rule, "when made again");
    assertBroken(
        Drawing::new,
        MetricContractTest::anEvaluationGivesItAnIntervalAndAFloor,
        "an evaluation with the same seed gave other numbers");
  }

  @Test
  void writingToSamplesIsReported() {
    class Writing extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        generated[0][0] = 7;
        return super.measure(real, generated);
      }
    }
    assertBroken(Writing::new, MetricContractTest::samplesAreNotWrittenTo, "wrote to its samples");
  }

  @Test
  void orderAndDirectionAreReported() {
    class First extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return Math.abs(real[0][0] - generated[0][0]);
      }
    }
    class OneWay extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return Math.max(0, mean(generated) - mean(real));
      }
    }
    assertBroken(
        First::new,
        MetricContractTest::theOrderOfSamplesDoesNotMatterUnlessItSaysSo,
        "in another order",
        "override dependsOnOrder");
    assertBroken(
        OneWay::new,
        MetricContractTest::realAndGeneratedMayChangePlacesIfItSaysSo,
        "says that it is symmetric");
  }

  @Test
  void wrongGoalsAndConstantsAreReported() {
    class WrongGoal extends MeanDistance {
      @Override
      public Goal goal() {
        return Goal.HIGHER;
      }
    }
    class Constant extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return 1;
      }

      @Override
      public Goal goal() {
        return Goal.AS_REAL;
      }
    }
    Consumer<MetricContractTest> rule = MetricContractTest::anotherDistributionIsWorseThanTheSame;
    assertBroken(WrongGoal::new, rule, "by the goal HIGHER no worse than draws differ");
    assertBroken(Constant::new, rule, "gave 1.0 for samples of another distribution and 1.0");
  }

  @Test
  void silentAcceptanceAndRefusalAreReported() {
    class Unchecked extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return Math.abs(mean(real) - mean(generated));
      }
    }
    class Crashing extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        return real[0][0] + generated[0][0];
      }
    }
    class Terse extends MeanDistance {
      @Override
      public double measure(float[][] real, float[][] generated) {
        throw new IllegalArgumentException("bad input");
      }
    }
    Consumer<MetricContractTest> rule = MetricContractTest::invalidSamplesAreRefused;
    assertBroken(Unchecked::new, rule, "took no real samples; refuse it");
    assertBroken(Crashing::new, rule, "ArrayIndexOutOfBoundsException", "no real samples");
    assertBroken(Terse::new, rule, "refused no real samples by 'bad input'; say in one line");
  }

  @Test
  void aRefusalThatIsNotKeptIsReported() {
    class Lax extends MeanDistance {
      @Override
      public Optional<String> refusal(float[][] real, float[][] generated) {
        return real.length < 4 ? Optional.of("4 are needed") : Optional.empty();
      }
    }
    assertBroken(
        Lax::new,
        MetricContractTest::tooFewSamplesHaveAReasonInPlaceOfANumber,
        "took 1 samples of either; refuse it");
  }
}
