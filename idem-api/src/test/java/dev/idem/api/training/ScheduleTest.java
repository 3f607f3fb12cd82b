package dev.idem.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Schedule RAMP = new Schedule.Ramp(0.2, 1, 10, 30);
  private static final Term FIRST = new Term("first", new ReconstructionStrategy(), "x");
  private static final Term SECOND = new Term("second", new SubstitutedGradient(), "x");

  @Test
  void aRampIsLinearBetweenItsEndsAndConstantOutside() {
    assertThat(RAMP.factor(0, 100)).isEqualTo(0.2);
    assertThat(RAMP.factor(10, 100)).isEqualTo(0.2);
    assertThat(RAMP.factor(11, 100)).isCloseTo(0.24, within(1e-15));
    assertThat(RAMP.factor(20, 100)).isCloseTo(0.6, within(1e-15));
    assertThat(RAMP.factor(30, 100)).isEqualTo(1);
    assertThat(RAMP.factor(99, 100)).isEqualTo(1);
    assertThat(new Schedule.Ramp(1, 0, 0, 4).factor(3, 5)).isEqualTo(0.25);
  }

  @Property(tries = 400, seed = "41")
  void aFactorLiesBetweenTheEndsAndFollowsTheStep(
      @ForAll @DoubleRange(max = 1e3) double from,
      @ForAll @DoubleRange(max = 1e3) double to,
      @ForAll @LongRange(max = 1_000_000) long begin,
      @ForAll @LongRange(min = 1, max = 1_000_000) long length,
      @ForAll @LongRange(max = 2_100_000) long step) {
    Schedule ramp = new Schedule.Ramp(from, to, begin, begin + length);
    double factor = ramp.factor(step, 3_000_000);
    assertThat(factor).isBetween(Math.min(from, to), Math.max(from, to));
    double change = ramp.factor(step + 1, 3_000_000) - factor;
    assertThat(change * Math.signum(to - from) >= 0).isTrue();
  }

  @Test
  void aRampRefusesWhatItCannotBe() {
    assertThatThrownBy(() -> new Schedule.Ramp(-1, 1, 0, 10))
        .hasMessage("from (-1.0) must not be negative");
    assertThatThrownBy(() -> new Schedule.Ramp(0, Double.NaN, 0, 10))
        .hasMessageContaining("to (NaN)");
    assertThatThrownBy(() -> new Schedule.Ramp(0, 1, -1, 10))
        .hasMessage("begin (-1) must not be negative");
    assertThatThrownBy(() -> new Schedule.Ramp(0, 1, 10, 10))
        .hasMessage("end (10) must be after begin (10)");
    assertThatThrownBy(() -> RAMP.requireFits(30))
        .hasMessage("end (30) must be less than steps (30): a ramp ends before the run does");
    RAMP.requireFits(31);
  }

  @Test
  void aTaskNamesTheTermWhoseRampIsTooLong() {
    TrainingObjective objective =
        new TrainingObjective(List.of(FIRST, SECOND)).withSchedules(Map.of("second", RAMP));
    assertThat(objective.factors(20, 100).get("first")).isEqualTo(1);
    assertThat(objective.factors(20, 100).get("second")).isCloseTo(0.6, within(1e-15));
    assertThatThrownBy(() -> objective.requireFits(20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "schedule of term 'second': end (30) must be less than steps (20): a ramp ends before"
                + " the run does");
    assertThatThrownBy(() -> objective.withSchedules(Map.of("third", RAMP)))
        .hasMessage("no term 'third' in the terms [first, second]");
  }

  private static Map<String, double[]> gradients(Map<String, Double> factors, Term... terms) {
    return differentiated(factors, terms).gradients();
  }

  private static ReferenceModel.Differentiated differentiated(
      Map<String, Double> factors, Term... terms) {
    ReferenceTensor x =
        ReferenceTensor.batch(Shape.of(2), new double[][] {{1, 2}, {-0.5, 3}, {0.3, -1}});
    return ReferenceModel.initial(DenseNetwork.linear(2), 3)
        .differentiate(new TrainingObjective(List.of(terms)), Map.of("x", x), Map.of(), factors);
  }

  @Test
  void aFactorMultipliesLossesAndOutputGradientsAndNotTheReportedValues() {
    double[] first = gradients(Map.of(), FIRST).get("kernel.0");
    double[] second = gradients(Map.of(), SECOND).get("kernel.0");
    ReferenceModel.Differentiated both =
        differentiated(Map.of("first", 0.5, "second", 3.0), FIRST, SECOND);
    for (int i = 0; i < first.length; i++) {
      assertThat(both.gradients().get("kernel.0")[i])
          .isCloseTo(0.5 * first[i] + 3 * second[i], within(1e-12));
    }
    assertThat(both.terms()).isEqualTo(differentiated(Map.of(), FIRST, SECOND).terms());
    assertThat(gradients(Map.of("second", 0.0), FIRST, SECOND).get("kernel.0")).isEqualTo(first);
  }

  /** The root of a negative number. */
  private record NotFinite() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T negative = ops.add(ops.multiply(ops.sum(ops.square(f.output())), -1), -1);
      return new Objective.Loss<>(ops.sqrt(negative));
    }
  }

  @Test
  void aTermThatIsNotFiniteIsSeenAtAFactorOfZero() {
    assertThat(
            differentiated(Map.of("bad", 0.0), FIRST, new Term("bad", new NotFinite(), "x"))
                .terms()
                .get("bad"))
        .isNaN();
  }

  @Test
  void aTermsScheduleIsConstantUnlessItIsSet() {
    Term plain = new Term("a", new CanonicalStrategy(), "x");
    assertThat(plain.schedule()).isEqualTo(new Schedule.Constant());
    assertThat(plain.withSchedule(RAMP))
        .isEqualTo(new Term("a", new CanonicalStrategy(), "x", RAMP));
  }
}
