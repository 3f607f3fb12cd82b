package dev.idem.uses.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.Progress;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.models.data.SupervisedSource;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.MadeUpResults;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseMethod;
import dev.idem.uses.UseResults;
import dev.idem.uses.projection.Manifold.Sphere;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KnownProjectionsTest {

  private static final KnownProjections FAMILY = new KnownProjections();
  private static final String STRATEGY = ProjectionUse.PLAIN + UseMethod.BESIDE + "canonical";

  @Test
  void targetsAreTheNearestPointsOfTheInputs() {
    SupervisedSource data = new ProjectionUse(new Sphere(2)).data();
    float[][] x = data.batch(3, 7, 5);
    float[][] t = data.targets().orElseThrow().batch(3, 7, 5);
    for (int m = 0; m < x.length; m++) {
      double norm = Math.hypot(x[m][0], x[m][1]);
      assertThat(t[m])
          .containsExactly(
              new float[] {(float) (x[m][0] / norm), (float) (x[m][1] / norm)}, within(1e-6f));
      assertThat(norm).isNotCloseTo(1, within(1e-6));
    }
    assertThat(data.batch(3, 7, 5)).isDeepEqualTo(x);
  }

  @Test
  void theExactMapHasNoDistanceAndTheIdentityTheNoise() {
    ProjectionUse use = new ProjectionUse(new Sphere(3));
    Use.Held held = use.held(1, 2_000);
    // Across a sphere of radius 1 there is one direction, of noise 0.2.
    assertThat(held.quality(held.inputs())).isCloseTo(0.2, within(0.02));
    float[][] exact = use.data().targets().orElseThrow().heldOut(1, 2_000);
    assertThat(held.quality(exact)).isZero();
    float[][] constant = exact.clone();
    Arrays.setAll(constant, m -> exact[0]);
    assertThat(held.quality(constant)).as("on the sphere, and wrong").isGreaterThan(1);
  }

  @Test
  void exactNetworksHaveAboutTheParametersOfTheMlp() {
    for (Use use : FAMILY.uses()) {
      List<Contender> networks = use.networks();
      double plain = networks.get(0).network().parameterCount();
      for (Contender other : networks) {
        if (!other.name().contains("parameters")) {
          assertThat(other.network().parameterCount() / plain)
              .as("%s, %s", use.setting(), other.name())
              .isBetween(0.95, 1.05);
        }
      }
    }
  }

  @Test
  void principalComponentsAreAlmostTheExactMapOfTheSubspace() {
    Use use = FAMILY.uses().get(3);
    Use.Held held = use.held(1, 500);
    float[][] projected = use.baselines(1).get(ProjectionUse.PRINCIPAL).apply(held.inputs());
    assertThat(held.quality(projected)).isLessThan(0.2 * held.quality(held.inputs()));
  }

  private static Verdict verdict(int meeting, double first, double last) {
    MadeUpResults results = new MadeUpResults(FAMILY);
    for (int i = 0; i < 4; i++) {
      Use use = FAMILY.uses().get(i);
      results.with(use, ProjectionUse.PLAIN, 0.1, 1, 1);
      results.with(
          use, ProjectionUse.COUPLED, i < meeting ? first : 0.5, i < meeting ? last : 0.5, 1);
      results.withBaseline(use, ProjectionUse.IDENTITY, 0.01, 1);
    }
    return FAMILY.judge(results.results()).verdict();
  }

  @Test
  void theRuleGivesEachVerdict() {
    assertThat(verdict(4, 0.1, 0.1)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(3, 0.1, 0.1)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(2, 0.1, 0.1)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(1, 0.1, 0.1)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(4, 0.12, 0.12)).as("f is worse").isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(4, 0.1, 0.6)).as("not half").isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void sentencesSayTheNumbers() {
    Use use = FAMILY.uses().get(0);
    UseResults results =
        new MadeUpResults(FAMILY)
            .with(use, ProjectionUse.PLAIN, 0.1, 1, 1)
            .with(use, STRATEGY, 0.1, 0.5, 1)
            .withDiverged(use, ProjectionUse.COUPLED)
            .withBaseline(use, ProjectionUse.IDENTITY, 0.2, 2)
            .results();
    assertThat(FAMILY.sentences(results))
        .containsExactly(
            "Distance to P(x) on the circle in R^2, at f and f^100, and the local rank: mlp 0.10"
                + " and 1.0, rank 1.0; mlp + canonical 0.10 and 0.50, rank 1.0, times 0.50 to 0.50"
                + " at f^100; exact coupled diverged and diverged, rank diverged; the identity has"
                + " 0.20.");
  }

  /** Without strategies, which are drawn alike; {@code .ci/run} draws all uses. */
  @Tag("long")
  @Test
  void aSmokeDrawGivesChartsAndTables() throws InterruptedException {
    FigureResult result =
        new UseFigure(FAMILY)
            .with(new UseFigure.Choice(Map.of(), List.of(), Map.of()))
            .draw(
                new FigureContext(
                    Preset.SMOKE,
                    1,
                    2,
                    new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)),
                    Progress.NONE,
                    List.of()));
    assertThat(result.drawings())
        .extracting(drawing -> drawing.name())
        .containsExactly("projection", "outputs");
    assertThat(result.tables()).hasSize(2);
  }
}
