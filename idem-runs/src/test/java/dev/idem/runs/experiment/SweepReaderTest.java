package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.runs.experiment.Sweep.Axis;
import dev.idem.runs.experiment.Sweep.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepReaderTest {

  private static final String BASE =
      """
      subject: map
      network: {name: linear-16}
      data: {source: normal-16}
      """;

  private static Sweep sweep(String yaml, String... overrides) {
    return Experiments.builtIn().sweepOf(BASE + yaml, "my.yaml", List.of(overrides));
  }

  private static List<List<String>> settings(Sweep sweep) {
    return sweep.entries().stream().map(Entry::setting).distinct().toList();
  }

  @Test
  void aGridHasEveryCombinationAndEachWithEverySeed() {
    Sweep sweep =
        sweep(
            """
            strategy: {name: [canonical, substituted]}
            plan: {steps: 4, learningRate: {from: 0.01, to: 1, scale: log, count: 3}}
            seeds: [5, 7]
            """);

    assertThat(sweep.entries()).hasSize(12);
    assertThat(settings(sweep))
        .containsExactly(
            List.of("canonical", "0.01"),
            List.of("canonical", "0.1"),
            List.of("canonical", "1"),
            List.of("substituted", "0.01"),
            List.of("substituted", "0.1"),
            List.of("substituted", "1"));
    assertThat(sweep.entries()).extracting(Entry::seed).startsWith(5L, 7L, 5L, 7L);
    assertThat(sweep.axes())
        .containsExactly(
            new Axis("strategy.name", List.of("canonical", "substituted"), false, false),
            new Axis("plan.learningRate", List.of("0.01", "0.1", "1"), true, true));
  }

  @Test
  void theIdIsTheFingerprintOfTheRunAloneAndFromElsewhere() {
    Sweep sweep = sweep("strategy: {name: canonical}\nplan: {steps: [4, 8]}\nseeds: [5, 7]");

    Entry last = sweep.entries().get(3);
    Experiment alone =
        Experiments.builtIn()
            .of(
                sweep.experiment(last).settings().print().replace("my.yaml", "other.yaml"),
                "x",
                List.of());
    assertThat(alone.seeds()).containsExactly(7L);
    assertThat(alone.settings().fingerprint(7)).startsWith(last.id());
    assertThat(last.id()).hasSize(16);
    assertThat(sweep.configuration(last).seeds()).containsExactly(5L, 7L);
    assertThat(sweep.entries()).extracting(Entry::id).doesNotHaveDuplicates();
  }

  @Test
  void listsOfListsAreValuesOfAListAndMappingsVaryTogether() {
    Sweep sweep =
        Experiments.builtIn()
            .sweepOf(
                """
                subject: map
                network: {widths: [[16, 8, 16], [16, 16]]}
                data: {source: normal-16}
                strategy: [{name: canonical}, {name: limited, radius: 2}]
                plan: {steps: 4}
                """,
                "my.yaml",
                List.of());

    assertThat(settings(sweep))
        .containsExactly(
            List.of("[16, 8, 16]", "name=canonical"),
            List.of("[16, 8, 16]", "name=limited, radius=2"),
            List.of("[16, 16]", "name=canonical"),
            List.of("[16, 16]", "name=limited, radius=2"));
    Experiment second = sweep.experiment(sweep.entries().get(1));
    assertThat(second.settings().value("strategy.radius")).contains(2.0);
    assertThat(second.settings().value("network.widths")).contains(List.of(16L, 8L, 16L));
  }

  @Test
  void theMetricThatRanksIsMeasured() {
    Sweep sweep =
        sweep(
            "strategy: {name: canonical}\nplan: {steps: [4, 8]}\nrun: {metrics: [power]}\n"
                + "sweep: {metric: relative-error}");

    assertThat(sweep.experiment(sweep.entries().get(0)).run().metrics())
        .containsExactly(RunOptions.Metric.POWER, RunOptions.Metric.RELATIVE_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "latin-hypercube"})
  void drawsAreThoseOfTheirSeedAndWithinTheirRange(String design) {
    String yaml =
        """
        strategy: {name: [canonical, substituted]}
        plan:
          steps: {from: 3, to: 6}
          learningRate: {from: 0.001, to: 10, scale: log}
        sweep: {design: %s, configurations: 40, seed: %s}
        """;
    Sweep first = sweep(yaml.formatted(design, 3));

    assertThat(settings(first)).isEqualTo(settings(sweep(yaml.formatted(design, 3))));
    assertThat(settings(first)).isNotEqualTo(settings(sweep(yaml.formatted(design, 4))));
    assertThat(settings(first))
        .allSatisfy(
            setting -> {
              assertThat(setting.get(1)).isIn("3", "4", "5", "6");
              assertThat(Double.parseDouble(setting.get(2))).isBetween(0.001, 10.0);
            });
    assertThat(first.axes().get(1).values()).containsExactly("3", "4", "5", "6");
  }

  @Test
  void aLatinHypercubeHasOneValueInEachPartOfAnAxis() {
    Sweep sweep =
        sweep(
            """
            strategy: {name: [canonical, substituted]}
            plan: {steps: 4, learningRate: {from: 0.001, to: 10, scale: log}}
            sweep: {design: latin-hypercube, configurations: 8}
            """);

    List<Integer> parts =
        settings(sweep).stream()
            .map(setting -> (int) (2 * (Math.log10(Double.parseDouble(setting.get(1))) + 3)))
            .sorted()
            .toList();
    assertThat(parts).isEqualTo(IntStream.range(0, 8).boxed().toList());
    assertThat(settings(sweep).stream().map(setting -> setting.get(0)))
        .filteredOn("canonical"::equals)
        .hasSize(4);
  }

  @Test
  void anOverrideReplacesAnAxis() {
    Sweep sweep =
        sweep(
            "strategy: {name: [canonical, substituted]}\nplan: {steps: [4, 8]}",
            "plan.steps=6",
            "sweep.retries=3");

    assertThat(sweep.axes()).extracting(Axis::key).containsExactly("strategy.name");
    assertThat(sweep.entries()).extracting(Entry::steps).containsOnly(6L);
    assertThat(sweep.options().retries()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 16, 4, 2, '64, 256, 1024'",
    "100, 10, 3, 2, '10, 30, 100'",
    "8, 4, 9, 3, '4, 8'"
  })
  void rungsAreMultiplesOfTheEvaluationInterval(
      long steps, long every, long factor, int rounds, String expected) {
    Sweep sweep =
        sweep(
            "strategy: {name: [canonical, substituted]}\nplan: {steps: %s, evaluateEvery: %s}\n"
                    .formatted(steps, every)
                + "sweep: {halving: {factor: %s, rounds: %s}}".formatted(factor, rounds));

    assertThat(sweep.rungs())
        .isEqualTo(Arrays.stream(expected.split(", ")).map(Long::valueOf).toList());
  }

  @Test
  void allErrorsAreReportedTogetherEachWithItsPlace() {
    assertThatThrownBy(
            () ->
                sweep(
                    """
                    strategy: {name: [canonical, cannonical]}
                    plan: {steps: [4, x], learningRate: [0.1, -1, 0.1], bachSize: [1, 2]}
                    sweep: {desing: grid, metric: power}
                    """))
        .hasMessageContaining("my.yaml:4:30: unknown strategy.name 'cannonical'")
        .hasMessageContaining("my.yaml:5:19: plan.steps ('x') must be a whole number")
        .hasMessageContaining("my.yaml:5:43: plan.learningRate (-1) must be positive")
        .hasMessageContaining("my.yaml:5:47: plan.learningRate lists '0.1' twice; keep one")
        .hasMessageContaining("unknown key 'plan.bachSize'; did you mean 'plan.batchSize'?")
        .hasMessageContaining("unknown key 'sweep.desing'; did you mean 'sweep.design'?")
        .hasMessageContaining("unknown sweep.metric 'power'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan: {learningRate: []} | my.yaml:5:22: plan.learningRate ([]) has no value; name at least one",
        "plan: {lerningRate: {from: 1, to: 2, count: 2}} | unknown key 'plan.lerningRate'; did you mean",
        "plan: {learningRate: {from: 1, to: 2}} | a range of a grid needs 'count'",
        "plan: {learningRate: {from: 2, to: 1, count: 3}} | from (2) must be less than to (1)",
        "plan: {learningRate: {from: 0, to: 1, count: 3, scale: log}} | from (0) must be positive",
        "plan: {learningRate: {from: 1, to: 2, count: 3, scale: lin}} | plan.learningRate.scale ('lin') must be linear or log",
        "plan: {learningRate: {to: 2, count: 3}} | plan.learningRate: a range needs 'from', a number",
        "plan: {learningRate: {from: 1, to: 2, count: 1}} | plan.learningRate.count (1) must be a whole number from 2 to 100000",
        "plan: {batchSize: {from: 1, to: 3, count: 9}} | 9 values from 1 to 3 are not all different",
        "data: {source: {from: 1, to: 2, count: 2}} | data.source takes no range",
        "seeds: [[1], [2]] | seeds takes one list",
        "plan: {learningRate: [0.1, 1e-1]} | are the same run; remove one of them",
        "plan: {steps: [4, 8]}\\nsweep: {halving: {factor: 2}} | every run must have the same plan.steps",
        "sweep: {configurations: 3} | sweep.configurations is for sweep.design random, latin-hypercube",
        "sweep: {design: random} | sweep.configurations is missing",
      })
  void refusesWhatMakesNoSweep(String yaml, String message) {
    assertThatThrownBy(() -> sweep("strategy: {name: canonical}\n" + yaml.replace("\\n", "\n")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void halvingNeedsStepsThatAreKnown() {
    assertThatThrownBy(
            () ->
                Experiments.builtIn()
                    .sweepOf(
                        "method: [ign, reconstruction]\nnoise: white\ndata: {source: mnist}\n"
                            + "plan: {epochs: 2}\nsweep: {halving: {factor: 2}}",
                        "my.yaml",
                        List.of()))
        .hasMessageContaining("every run must have plan.steps; epochs are not known");
  }

  @Test
  void refusesMoreRunsThanItsMostByTheirNumber() {
    List<String> values = new ArrayList<>();
    for (String key : List.of("learningRate", "clipNorm", "batchSize")) {
      values.add(key + ": {from: 1, to: 1000, count: 1000}");
    }
    assertThatThrownBy(
            () ->
                sweep(
                    "strategy: {name: canonical}\nplan: {steps: 4, %s}"
                        .formatted(String.join(", ", values))))
        .hasMessageContaining("1,000,000,000 runs (plan.learningRate 1000 x plan.clipNorm 1000")
        .hasMessageContaining("are more than 100,000");
  }
}
