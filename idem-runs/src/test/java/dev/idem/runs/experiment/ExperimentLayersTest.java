package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Normalization;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.RunOptions.LogFile;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preset under file under {@code --set}, and what comes of them. */
class ExperimentLayersTest {

  private static final String GENERATOR =
      """
      method: reconstruction+substituted
      data: {source: "images:my pictures", size: 32, grey: true}
      strategy: {weight: 0.3, order: 2, stepCap: 0.5}
      plan:
        steps: 1e5
        learningRate: 2e-4
        clipNorm: 1
        optimizer: {name: adamw, weightDecay: 0.1}
        schedule: {name: step-decay, every: 100, decay: 0.5, warmUp: 10}
        stop: {term: reconstruction, below: 1e-3, gradientNormBelow: 1e-9}
      seeds: [3, -1]
      run:
        out: runs/a
        listeners: [jsonl, tensorboard]
        metrics: power
        checkpoints: {everySteps: 7, everySeconds: 8, kept: 9}
        average: {decay: 0.99}
        earlyStopping: {metric: relative-error, patience: 4}
        stopOnCollapse: true
      engine: {device: cpu, threads: 3, precision: mixed-bfloat16}
      """;

  private static final String MAP =
      """
      subject: map
      strategy: {name: limited, radius: 2, scale: batch-mean, reconstructionWeight: 0.5}
      network: {widths: [16, 8, 16], normalization: group, groups: 4}
      data: {source: normal-16}
      """;

  private final Reading reading = new Reading();

  @Test
  void aCodeMakesAMapIdempotentByConstruction() {
    String map =
        """
        subject: map
        strategy: {name: canonical}
        network: {widths: [16, 48, 48, 16], code: 4}
        data: {source: normal-16}
        """;
    assertThat(network(reading.read(map)))
        .isEqualTo(
            Idempotent.coupled(
                Networks.fromZero(Mlp.between(12, 48, 48, 4)),
                Networks.fromZero(Mlp.between(4, 48, 48, 12))));
    assertThat(network(reading.read(map, "network.reflections=2")).description())
        .startsWith(
            "2 reflections around (coupled (mlp 12-48-48-4 leaky-relu, last layer from zero");
  }

  private static Network network(Experiment experiment) {
    return ((Subject.SelfMap) experiment.subject()).network();
  }

  @Test
  void theFileIsLaidOverThePresetAndTheCommandLineOverTheFile() {
    Settings settings = reading.read(GENERATOR, "plan.learningRate=1e-4", "seeds=5,6").settings();
    assertThat(settings.value("plan.learningRate")).contains(1e-4);
    assertThat(settings.origin("plan.learningRate")).contains("--set");
    assertThat(settings.value("seeds")).contains(List.of(5L, 6L));
    assertThat(settings.value("plan.steps")).contains(100_000L);
    assertThat(settings.origin("plan.steps")).contains("my.yaml:5:3");
    assertThat(settings.value("plan.optimizer.beta1")).contains(0.5);
    assertThat(settings.origin("plan.optimizer.beta1")).contains("presets/quick.yaml:12:5");
    assertThat(settings.origin("plan.optimizer.epsilon")).contains("presets/quick.yaml:14:5");
    assertThat(settings.value("plan.evaluateEvery")).contains(8_333L);
    assertThat(settings.origin("plan.evaluateEvery")).contains("default");
    assertThat(settings.value("plan.optimizer.momentum")).isEmpty();
  }

  @Test
  void everythingAFileSaysComesOut() {
    Experiment experiment = reading.read(GENERATOR);
    TrainingPlan plan = experiment.plan(3, 1);
    assertThat(plan.optimizer()).isEqualTo(new Optimizer.AdamW(0.5, 0.999, 1e-8, 0.1));
    assertThat(plan.schedule())
        .isEqualTo(new Schedule.WarmUp(10, new Schedule.StepDecay(100, 0.5)));
    assertThat(plan.clipNorm()).hasValue(1);
    assertThat(plan.seed()).isEqualTo(3);
    assertThat(plan.stopRules())
        .containsExactly(
            new StopRule.TermBelow("reconstruction", 1e-3), new StopRule.GradientNormBelow(1e-9));
    assertThat(experiment.seeds()).containsExactly(3L, -1L);
    assertThat(experiment.engine())
        .isEqualTo(new EngineOptions(new Device.Cpu(), 3, Precision.MIXED_BFLOAT16, false));
    RunOptions run = experiment.run();
    assertThat(run.folder()).contains(Path.of("runs/a"));
    assertThat(run.checkpoints()).isEqualTo(new RunOptions.Checkpoints(7, 8, 9));
    assertThat(run.average()).isEqualTo(new RunOptions.Average(OptionalDouble.of(0.99), 1));
    assertThat(run.earlyStopping())
        .isEqualTo(new RunOptions.EarlyStopping(Optional.of(Metric.RELATIVE_ERROR), 4));
    assertThat(Stream.of(LogFile.values()).filter(run::writes))
        .containsExactlyInAnyOrder(LogFile.JSONL, LogFile.TENSORBOARD);
    assertThat(run.measured()).containsExactlyInAnyOrder(Metric.POWER, Metric.RELATIVE_ERROR);
    assertThat(run.stopOnCollapse()).isTrue();
    Subject.Generator generator = (Subject.Generator) experiment.subject();
    assertThat(generator.data()).isEqualTo("images:my pictures");
    assertThat(generator.imageShape().toArray()).containsExactly(32, 32, 1);
    assertThat(generator.objective().terms().terms())
        .extracting(Term::strategy)
        .contains(
            new SubstitutedGradient(
                IdempotentPolynomial.ofOrder(2),
                0.3,
                Scale.BATCH_AND_WIDTH_MEAN,
                OptionalDouble.of(0.5)));
  }

  @Test
  void aTermHasTheScheduleThatIsNamedForIt() {
    String yaml =
        """
        method: ign
        plan: {steps: 3000}
        schedules:
          tightness: {name: ramp, end: 1000}
          idempotence: {name: ramp, from: 2, to: 0.5, begin: 100, end: 200}
        """;
    Experiment experiment = reading.read(yaml, "schedules.reconstruction.warmUp=50");
    Subject.Generator generator = (Subject.Generator) experiment.subject();
    assertThat(generator.objective().terms().terms())
        .extracting(Term::name, Term::schedule)
        .containsExactly(
            tuple("reconstruction", new Schedule.WarmUp(50, new Schedule.Constant())),
            tuple("idempotence", new Schedule.Ramp(2, 0.5, 100, 200)),
            tuple("tightness", new Schedule.Ramp(0, 1, 0, 1000)));
    assertThat(generator.objective().description())
        .contains("weights 1.0 / 1.0 / 0.5")
        .contains("tightness=ramp from 0 to 1, steps 0 to 1000");
    assertThat(reading.read(experiment.settings().print())).isEqualTo(experiment);
    assertThat(experiment.settings().origin("schedules.tightness.to")).contains("default");
  }

  @Test
  void aMapsTermsHaveSchedulesToo() {
    Experiment experiment =
        reading.read(MAP, "schedules.idempotency.name=step-decay", "schedules.idempotency.every=9");
    assertThat(((Subject.SelfMap) experiment.subject()).objective().terms())
        .extracting(Term::schedule)
        .containsExactly(new Schedule.Constant(), new Schedule.StepDecay(9, 0.1));
  }

  @Test
  void withoutASchedulesSectionTheSettingsAreWhatTheyWere() {
    Settings settings = reading.read("method: ign").settings();
    assertThat(settings.paths()).noneMatch(path -> path.startsWith("schedules."));
    assertThat(settings.value("plan.schedule.name")).contains("constant");
    assertThat(settings.origin("plan.schedule.name")).contains("default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian, with a non-joiner
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // a family
        "\uD83E\uDEE0", // an emoji of 2021
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F", // a flag of tags
      })
  void foldersOfPicturesMayHaveNamesOfAnyScript(String name) {
    Experiment experiment =
        reading.read("method: ign\ndata: {source: \"images:" + name + "\", size: 32}");
    assertThat(((Subject.Generator) experiment.subject()).data()).isEqualTo("images:" + name);
    assertThat(reading.read(experiment.settings().print())).isEqualTo(experiment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0007", "\\u202E", "\\uFEFF", "\\u2028", "\\uE000"})
  void charactersThatControlATerminalOrAreInvisibleAreRefused(String escaped) {
    assertThat(reading.problems("method: ign\ndata: {source: \"images:a" + escaped + "b\"}"))
        .singleElement()
        .asString()
        .contains("data.source");
  }

  @Test
  void aMapComesOfTheCataloguesWithItsParameters() {
    Subject.SelfMap map = (Subject.SelfMap) reading.read(MAP).subject();
    assertThat(map.network())
        .isEqualTo(Mlp.of(16, 8, 16).withNormalization(new Normalization.Group(4)));
    assertThat(map.objective().terms())
        .extracting(Term::strategy)
        .containsExactly(
            new ReconstructionStrategy(0.5, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN),
            new LimitedStrategy(IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, 2));
  }

  @Test
  void aStrategyWithoutParametersIsTheCataloguesOwn() {
    for (String name :
        List.of(
            "canonical", "frozen-target", "substituted", "limited", "accelerated", "anchored")) {
      Subject.SelfMap map =
          (Subject.SelfMap)
              reading
                  .read(
                      "subject: map\nnetwork: {name: mlp}\ndata: {source: normal-16}",
                      "strategy.name=" + name)
                  .subject();
      assertThat(map.objective().terms().get(0).strategy()).isEqualTo(reading.strategy(name));
    }
  }

  @Test
  void epochsAreStepsOnceTheNumberOfImagesIsKnown() {
    Experiment experiment = reading.read("method: ign\nplan: {epochs: 3, batchSize: 10}");
    assertThat(experiment.plan().epochs()).isEqualTo(OptionalLong.of(3));
    assertThat(experiment.plan(1, 105).steps()).isEqualTo(30);
    assertThat(experiment.plan(1, 105).evaluateEvery()).isEqualTo(10);
    assertThat(reading.read("method: ign\nplan: {epochs: 3}", "plan.steps=8").plan(1, 9).steps())
        .isEqualTo(8);
  }

  @Test
  void epochsThatEndBeforeTheWarmUpAreRefusedOnceTheNumberOfImagesIsKnown() {
    Experiment experiment =
        reading.read("method: ign\nplan: {epochs: 3, batchSize: 10, schedule: {warmUp: 30}}");
    assertThat(experiment.plan(1, 110).steps()).isEqualTo(33);
    assertThatThrownBy(() -> experiment.plan(1, 105))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warmUp (30) must be less than steps (30)");
  }

  @Test
  void aRunComputesOnOneThreadWhateverTheMachineHas() {
    Settings settings = reading.read("method: ign").settings();
    assertThat(settings.value("engine.threads")).contains(1L);
    assertThat(settings.origin("engine.threads")).contains("default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GENERATOR,
        MAP,
        "method: ign",
        "method: reconstruction\npreset: paper",
        "subject: map\nstrategy: {name: accelerated}\nnetwork: {name: cnn}\ndata: {source: mnist}"
      })
  void whatIsPrintedReadsBackAsTheSame(String yaml) {
    Experiment experiment = reading.read(yaml);
    String printed = experiment.settings().print();
    Experiment again = reading.experiments().of(printed, "printed.yaml", List.of());
    assertThat(again).isEqualTo(experiment);
    assertThat(again.settings().fingerprint(3)).isEqualTo(experiment.settings().fingerprint(3));
    assertThat(printed.lines().filter(line -> !line.endsWith(":")))
        .allMatch(l -> l.contains("  # "));
  }

  @Test
  void theFingerprintIsOfWhatDecidesTheNumbersAndTheColumns() {
    String first = reading.read(GENERATOR).settings().fingerprint(3);
    for (String other :
        List.of(
            "run.checkpoints.everySteps=8",
            "run.best=relative-error",
            "engine.device=auto",
            "run.out=elsewhere")) {
      assertThat(reading.read(GENERATOR, other).settings().fingerprint(3)).isEqualTo(first);
    }
    for (String other :
        List.of(
            "plan.learningRate=3e-4",
            "engine.threads=4",
            "engine.precision=float32",
            "engine.xla=true",
            "strategy.weight=0.31",
            "run.average.decay=0.9",
            "run.metrics=power,effective-rank",
            "run.listeners=csv",
            "run.earlyStopping.patience=5",
            "plan.evaluateEvery=7",
            "data.size=64")) {
      assertThat(reading.read(GENERATOR, other).settings().fingerprint(3)).isNotEqualTo(first);
    }
    Settings one = reading.read(GENERATOR).settings();
    Settings more = reading.read(GENERATOR, "seeds=[3, 4, 5]").settings();
    assertThat(more.fingerprint(3)).isEqualTo(one.fingerprint(3)).isNotEqualTo(one.fingerprint(-1));
    assertThat(one.value("nothing")).isEqualTo(Optional.empty());
  }
}
