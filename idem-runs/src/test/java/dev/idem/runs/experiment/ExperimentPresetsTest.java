package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.TrainingPlan;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.runs.experiment.Experiment.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The presets' files say what the Java builders make. */
class ExperimentPresetsTest {

  private static final Shape DIGITS = Shape.of(28, 28, 1);
  private static final Shape COLOUR = Shape.of(64, 64, 3);

  private final Reading reading = new Reading();

  @ParameterizedTest
  @EnumSource(Method.class)
  void generatorsAreTheRecipes(Method method) {
    for (int size : new int[] {100, 9_000, 60_001}) {
      for (Shape shape : new Shape[] {DIGITS, COLOUR}) {
        assertThat(recipe("smoke", method, shape, size))
            .isEqualTo(GeneratorRecipe.smoke(method, shape));
        assertThat(recipe("quick", method, shape, size))
            .isEqualTo(GeneratorRecipe.quick(method, shape));
        assertThat(recipe("paper", method, shape, size))
            .isEqualTo(GeneratorRecipe.paper(method, shape, size));
      }
    }
  }

  @Test
  void mapsHaveThePlansOfThatName() {
    assertThat(planOfMap("smoke")).isEqualTo(TrainingPlan.smoke());
    assertThat(planOfMap("quick")).isEqualTo(TrainingPlan.quick());
    assertThat(planOfMap("paper")).isEqualTo(TrainingPlan.paper());
  }

  @Test
  void ignKeepsItsBestNetworkAndEndsWhenItCollapses() {
    for (String images : new String[] {"mnist", "images:faces"}) {
      RunOptions quick = reading.read("method: ign", "data.source=" + images).run();
      assertThat(quick.stopOnCollapse()).isTrue();
      assertThat(quick.selecting()).contains(RunOptions.Metric.ERROR_OVER_VARIANCE);
    }
    RunOptions smoke = reading.read("method: ign\npreset: smoke").run();
    assertThat(smoke.stopOnCollapse()).isFalse();
    assertThat(smoke.selecting()).contains(RunOptions.Metric.ERROR_OVER_VARIANCE);
    assertThat(reading.read("method: ign", "run.best=none").run().selecting()).isEmpty();
    assertThat(reading.read("method: reconstruction").run().selecting()).isEmpty();
  }

  private TrainingPlan planOfMap(String preset) {
    return reading
        .read(
            "subject: map\nnetwork: {name: mlp}\ndata: {source: normal-16}",
            "strategy.name=substituted",
            "preset=" + preset)
        .plan(1, 1);
  }

  private GeneratorRecipe recipe(String preset, Method method, Shape shape, int trainingSize) {
    Experiment experiment =
        reading.read(
            "method: " + method.label(),
            "preset=" + preset,
            "data.source=" + (shape.equals(DIGITS) ? "mnist" : "images:faces"));
    return ((Subject.Generator) experiment.subject()).recipe(experiment.plan(1, trainingSize));
  }
}
