package dev.idem.uses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.figures.Methods;
import dev.idem.models.network.Mlp;
import dev.idem.uses.Use.Contender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UseMethodTest {

  private static final Mlp NETWORK = Mlp.of(3, 3);
  private static final IdempotencyStrategy STRATEGY =
      new CanonicalStrategy(UseMethod.WEIGHT, Scale.BATCH_AND_WIDTH_MEAN);

  private static UseMethod method(String strategy, IdempotencyStrategy... strategies) {
    return new UseMethod("mlp", strategy, NETWORK, List.of(strategies));
  }

  @Test
  void aMethodIsNamedByItsNetworkAndStrategy() {
    assertThat(method(UseMethod.ALONE).name()).isEqualTo("mlp");
    assertThat(method("canonical", STRATEGY).name()).isEqualTo("mlp + canonical");
  }

  @Test
  void everyBuiltInStrategyIsThereByName() {
    assertThat(UseMethod.builtIn().keySet())
        .containsExactly(
            "canonical",
            "frozen-target",
            "substituted",
            Methods.BOTH,
            "limited",
            "accelerated",
            "anchored");
    assertThat(UseMethod.builtIn().get(Methods.BOTH)).hasSize(2);
    assertThat(UseMethod.builtIn().get("canonical")).containsExactly(STRATEGY);
  }

  @Test
  void onlyNetworksThatTakeStrategiesGetThem() {
    Map<String, List<IdempotencyStrategy>> strategies = new LinkedHashMap<>();
    strategies.put("canonical", List.of(STRATEGY));
    strategies.put("twice", List.of(STRATEGY, STRATEGY));
    List<UseMethod> methods =
        UseMethod.of(
            List.of(new Contender("mlp", NETWORK, true), new Contender("exact", NETWORK, false)),
            strategies);
    assertThat(methods)
        .extracting(UseMethod::name)
        .containsExactly("mlp", "mlp + canonical", "mlp + twice", "exact");
    assertThat(methods.get(2).strategies()).hasSize(2);
  }

  @Test
  void theTaskHasWeightOneAndAStrategyItsOwn() {
    List<Term> terms = method("twice", STRATEGY, STRATEGY).objective().terms();
    assertThat(terms)
        .extracting(Term::name)
        .containsExactly("task", "idempotency 1", "idempotency 2");
    assertThat(terms.get(0).strategy()).isEqualTo(new TargetStrategy());
    assertThat(terms).allSatisfy(term -> assertThat(factor(term)).isEqualTo(1));
  }

  @Test
  void aStrategyOfAPlugInIsWeighedByATenth() {
    List<Term> terms = method(Methods.ofPlugin("own"), STRATEGY).objective().terms();
    assertThat(factor(terms.get(0))).isEqualTo(1);
    assertThat(factor(terms.get(1))).isEqualTo(0.1);
  }

  private static double factor(Term term) {
    return term.schedule().factor(5, 10);
  }
}
