package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.Strategies;
import dev.idem.models.data.DataSources;
import dev.idem.models.network.Networks;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiment.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files set the parameters of any strategy of the catalogue, those of plug-ins included. */
class StrategyParametersTest {

  /** Constants as a plug-in may write them. */
  public enum Form {
    FAST_ONE,
    slow
  }

  /** What anybody may write who knows nothing of experiment files. */
  public record Own(
      double weight,
      int count,
      long many,
      boolean soft,
      String label,
      Form form,
      Scale scale,
      OptionalDouble cap,
      OptionalLong limit,
      IdempotentPolynomial polynomial,
      List<Double> table)
      implements IdempotencyStrategy {

    public Own {
      Require.argument(weight != 7, "weight (%s) must be anything but 7", weight);
      Require.argument(count <= many, "count (%s) must be at most many (%s)", count, many);
    }

    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(f.output()));
    }
  }

  private record Hidden(double weight) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(f.output()));
    }
  }

  /** Names its components as the section names its own keys. */
  public record Clash(String name, double weight) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(f.output()));
    }
  }

  private static final Own OWN =
      new Own(
          -2,
          3,
          4,
          true,
          "a",
          Form.slow,
          Scale.BATCH_MEAN,
          OptionalDouble.empty(),
          OptionalLong.of(5),
          IdempotentPolynomial.cubic(),
          List.of());

  private static final String REST =
      "\nsubject: map\nnetwork: {name: mlp}\ndata: {source: normal-16}";

  private final Experiments experiments = experiments();

  private static Experiments experiments() {
    Map<String, Supplier<IdempotencyStrategy>> strategies = new LinkedHashMap<>();
    Strategies.all().forEach((name, strategy) -> strategies.put(name, () -> strategy));
    Map<String, Supplier<Network>> networks = new LinkedHashMap<>();
    Networks.all().forEach((name, network) -> networks.put(name, () -> network));
    return new Experiments(
        new Catalogue<>(
            "strategy",
            strategies,
            List.of(
                new Catalogue.Entry<>("own", () -> "plug-in own", () -> OWN),
                new Catalogue.Entry<>("hidden", () -> "plug-in own", () -> new Hidden(1)),
                new Catalogue.Entry<>("clash", () -> "plug-in own", () -> new Clash("x", 1)))),
        new Catalogue<>("network", networks, List.of()),
        new Catalogue<>("data source", DataSources.all(), List.of()),
        new Catalogue<>("listener", Map.of(), List.of()));
  }

  private Experiment read(String strategy, String... overrides) {
    return experiments.of("strategy: " + strategy + REST, "my.yaml", List.of(overrides));
  }

  private IdempotencyStrategy strategy(Experiment experiment) {
    return ((Subject.SelfMap) experiment.subject()).objective().terms().get(0).strategy();
  }

  private List<String> problems(String strategy, String... overrides) {
    ExperimentException thrown =
        catchThrowableOfType(ExperimentException.class, () -> read(strategy, overrides));
    return thrown == null ? List.of() : thrown.problems();
  }

  @Test
  void aFileSetsEveryKindOfComponent() {
    Experiment experiment =
        read(
            "{name: own, weight: -0.5, count: 4, many: 1e6, soft: false, label: b c, form:"
                + " fast-one, scale: width-mean, cap: 0.5, limit: 6, coefficients: [0, 0, 10, -15,"
                + " 6]}");
    assertThat(strategy(experiment))
        .isEqualTo(
            new Own(
                -0.5,
                4,
                1_000_000,
                false,
                "b c",
                Form.FAST_ONE,
                Scale.WIDTH_MEAN,
                OptionalDouble.of(0.5),
                OptionalLong.of(6),
                IdempotentPolynomial.ofOrder(2),
                List.of()));
    assertThat(experiment.settings().origin("strategy.cap")).contains("my.yaml:1:118");
    assertThat(experiments.of(experiment.settings().print(), "printed.yaml", List.of()))
        .isEqualTo(experiment);
  }

  @Test
  void whatAFileDoesNotSetIsAsInTheCatalogue() {
    Experiment experiment = read("{name: own}", "strategy.count=1");
    assertThat(((Own) strategy(experiment)).count()).isEqualTo(1);
    assertThat(((Own) strategy(experiment)).many()).isEqualTo(4);
    assertThat(experiment.settings().value("strategy.form")).contains("slow");
    assertThat(experiment.settings().origin("strategy.form")).contains("default of own");
    assertThat(experiment.settings().value("strategy.cap")).isEmpty();
    assertThat(strategy(read("{name: own}"))).isSameAs(OWN);
  }

  /** So that runs from before files could set them resume. */
  @Test
  void defaultsOfAPluginsParametersDecideNothing() {
    assertThat(read("{name: own}").settings().deciding().keySet())
        .filteredOn(key -> key.startsWith("strategy."))
        .containsExactly("strategy.name");
    assertThat(read("{name: own, weight: 1}").settings().deciding())
        .containsEntry("strategy.weight", "1");
    assertThat(read("{name: canonical}").settings().deciding())
        .containsEntry("strategy.weight", "1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: own, wieght: 1} | my.yaml:1:23: unknown key 'strategy.wieght'; did you mean"
            + " 'strategy.weight'? own takes weight, order, coefficients, scale,"
            + " reconstructionWeight, count, many, soft, label, form, cap, limit",
        "{name: own, sharpness: 1} | my.yaml:1:23: unknown key 'strategy.sharpness'; own takes"
            + " weight, order,",
        "{name: own, radius: 1} | my.yaml:1:23: strategy.radius is for strategy.name limited,"
            + " accelerated, anchored; here strategy.name is own, which takes weight, order,",
        "{name: canonical, count: 1} | my.yaml:1:29: strategy.count is for strategy.name own; here"
            + " strategy.name is canonical, which takes weight, scale, reconstructionWeight",
        "{count: 1} | my.yaml:1:1: strategy.name is missing: one of canonical,",
        "{name: own, count: many} | my.yaml:1:30: strategy.count ('many') must be a whole number",
        "{name: own, count: 1.5} | my.yaml:1:30: strategy.count ('1.5') must be a whole number",
        "{name: own, count: 3000000000} | my.yaml:1:30: strategy.count (3000000000) must be from"
            + " -2147483648 to 2147483647",
        "{name: own, weight: x} | my.yaml:1:31: strategy.weight ('x') must be a number",
        "{name: own, weight: } | my.yaml:1:23: strategy.weight has no value",
        "{name: own, weight: [1]} | my.yaml:1:31: strategy.weight takes one value, not a list",
        "{name: own, soft: yes} | my.yaml:1:29: strategy.soft ('yes') must be true or false",
        "{name: own, form: slo} | my.yaml:1:29: unknown strategy.form 'slo'; did you mean 'slow'?",
        "{name: own, scale: x} | my.yaml:1:30: unknown strategy.scale 'x'. Known:"
            + " batch-and-width-mean",
        "{name: own, table: [1]} | my.yaml:1:23: strategy.table of 'own' is a List, which a file"
            + " cannot set; only numbers, texts, choices and true or false can be set",
        "{name: hidden, weight: 2} | my.yaml:1:26: strategy.weight is for",
        "{name: own, weight: 7} | my.yaml:1:31: weight (7.0) must be anything but 7",
        "{name: own, count: 9} | my.yaml:1:30: count (9) must be at most many (4)",
        "{name: own, count: 6, many: 5} | my.yaml:1:30: count (6) must be at most many (4)",
        "{name: own, coefficients: [1, 1]} | my.yaml:1:37: g(1) (2) must be 1",
        "{name: limited, weight: -1} | my.yaml:1:35: strategy.weight (-1) must be positive",
        "{name: clash, weight: x} | my.yaml:1:33: strategy.weight ('x') must be a number",
      })
  void eachMistakeHasItsPlace(String strategy, String problem) {
    assertThat(problems(strategy)).anySatisfy(line -> assertThat(line).contains(problem));
  }

  @Test
  void allThatTheRecordRefusesIsReportedTogether() {
    assertThat(problems("{name: own, weight: 7, count: 9}", "strategy.coefficients=1,1"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("my.yaml:1:31: weight (7.0) must be anything but 7"),
            line -> assertThat(line).isEqualTo("my.yaml:1:41: count (9) must be at most many (4)"),
            line -> assertThat(line).startsWith("--set strategy.coefficients=1,1: g(1) (2) must"));
  }

  @Test
  void theNameOfTheStrategyIsNoParameter() {
    assertThat(strategy(read("{name: clash, weight: 2}"))).isEqualTo(new Clash("x", 2));
  }

  @Test
  void theSchemaHasEveryParameterInEachOfItsForms() throws JsonProcessingException {
    JsonNode properties =
        new ObjectMapper().readTree(experiments.schema()).at("/properties/strategy/properties");
    assertThat(properties.at("/count/default").asInt()).isEqualTo(3);
    assertThat(properties.at("/count/description").asText())
        .isEqualTo("Parameter count of strategy own. For strategy.name own.");
    assertThat(properties.at("/form/enum"))
        .extracting(JsonNode::asText)
        .containsExactly("fast-one", "slow");
    assertThat(properties.at("/weight/anyOf")).hasSize(2);
    assertThat(properties.at("/weight/description").asText())
        .contains(
            "Default in preset quick: 0.4 for a generator; 1 for canonical, frozen-target,"
                + " substituted, limited, accelerated, anchored, clash; -2 for own.");
  }

  @Test
  void aListingHasTheParametersAsAFileHasThem() {
    assertThat(experiments.parameters("substituted"))
        .containsExactly(
            Map.entry("order", "1"),
            Map.entry("weight", "1"),
            Map.entry("scale", "batch-and-width-mean"),
            Map.entry("stepCap", "none"));
    assertThat(experiments.parameters("own"))
        .containsEntry("form", "slow")
        .containsEntry("cap", "none")
        .containsEntry("table", "(not settable)");
    assertThat(experiments.parameters("hidden")).containsEntry("weight", "(not settable)");
  }

  @Test
  void everyKeyIsDeclaredOnce() {
    assertThat(Key.declared("", ExperimentFile.class, Map.of(), Map.of()).map(Key::path))
        .doesNotHaveDuplicates()
        .containsAll(ExperimentFile.DEFAULTS.keySet());
  }
}
