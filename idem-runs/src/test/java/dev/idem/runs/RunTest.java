package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.generative.image.Fonts;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.ExperimentException;
import dev.idem.runs.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from Java, without a command line, on the reference engine. */
class RunTest {

  private static final String YAML =
      """
      subject: map
      network: {name: linear-16}
      strategy: {name: substituted}
      data: {source: normal-16}
      plan: {steps: 4, batchSize: 8, learningRate: 1e-3, evaluateEvery: 2}
      """;

  private static final String GENERATOR = "method: ign\npreset: smoke\ndata: {source: mnist}";

  @TempDir Path temporary;

  private final List<String> reported = new ArrayList<>();
  private final Experiments experiments = Experiments.builtIn();

  /** Without fonts: maps need none. */
  private final RunHost host =
      new RunHost() {
        @Override
        public Fonts fonts() {
          return fonts;
        }

        @Override
        public void export(Network network, NetworkState state, Path folder) {}

        @Override
        public void report(String line) {
          reported.add(line);
        }
      };

  private Fonts fonts =
      Fonts.probedBy(
          () -> {
            throw new InternalError("no fonts here");
          });
  private final RunHost.ImageOpener noImages =
      generator -> {
        throw new IOException("no images here");
      };

  private Run begin(String yaml, RunFolder folder) throws IOException {
    return Run.begin(experiment(yaml), folder, new ReferenceEngine(), noImages, host);
  }

  private Experiment experiment(String yaml) {
    return experiments.of(yaml, "my.yaml", List.of());
  }

  private Run resume(RunFolder folder) throws IOException {
    Experiment experiment = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
    return Run.resume(experiment, folder, new ReferenceEngine(), noImages, host);
  }

  private RunFolder folder(String name) {
    return new RunFolder(temporary.resolve(name));
  }

  @Test
  void aRunThatIsStoppedAndResumedHasTheBytesOfOneThatIsNot() throws IOException {
    assertResumesToTheSameBytes(YAML);
  }

  @Test
  void soHasARunThatIsStoppedInTheMiddleOfARamp() throws IOException {
    String ramped = YAML + "schedules: {idempotency: {name: ramp, from: 0.5, to: 4, end: 3}}\n";
    assertResumesToTheSameBytes(ramped);
    try (Run constant = begin(YAML, folder("constant"))) {
      constant.train(new StopRequest());
    }
    assertThat(Files.readAllBytes(folder("constant").file(RunFolder.WEIGHTS)))
        .isNotEqualTo(Files.readAllBytes(folder("whole").file(RunFolder.WEIGHTS)));
  }

  private void assertResumesToTheSameBytes(String yaml) throws IOException {
    try (Run whole = begin(yaml, folder("whole"))) {
      whole.train(new StopRequest());
    }
    StopRequest stop = new StopRequest();
    stop.request();
    try (Run first = begin(yaml, folder("stopped"))) {
      assertThatThrownBy(() -> first.train(stop)).isInstanceOf(RunInterruptedException.class);
    }
    assertThat(folder("stopped").isComplete()).isFalse();

    try (Run rest = resume(folder("stopped"))) {
      rest.train(new StopRequest());
    }
    assertThat(folder("stopped").isComplete()).isTrue();
    for (String file : List.of(RunFolder.WEIGHTS, RunFolder.STEPS, RunFolder.METRICS)) {
      assertThat(folder("stopped").file(file))
          .hasBinaryContent(Files.readAllBytes(folder("whole").file(file)));
    }
    assertThat(reported).anyMatch(line -> line.startsWith("resuming after step 1, from "));
  }

  @Test
  void theVerdictOnTheTrainedNetworkIsRecordedAndReportedUnlessItIsHealthy() throws IOException {
    try (Run run = begin(YAML, folder("run"))) {
      run.train(new StopRequest());
    }

    // Four small steps leave a random linear map far from idempotent.
    assertThat(reported)
        .contains(
            "verdict on the trained network: uninformative, error / variance of 0.5 or more, so"
                + " that f(f(x)) says little about f(x)");
    assertThat(folder("run").file(RunFolder.RESULT))
        .content()
        .contains("\"verdict\" : \"uninformative\"");
  }

  @Test
  void aFolderWithoutARunCannotBeResumed() {
    assertThatThrownBy(() -> resume(folder("none")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("experiment.yaml: no such file");
  }

  @Test
  void imagesThatCannotBeOpenedEndARunBeforeItsFolderIsMade() {
    fonts = Fonts.probedBy(() -> {});
    assertThatThrownBy(() -> begin(GENERATOR, folder("generator")))
        .isInstanceOf(IOException.class)
        .hasMessage("no images here");
    assertThat(folder("generator").path()).doesNotExist();
  }

  /** Digits, few enough for the reference engine. */
  private record Digits(ImageDataSource source) implements RunHost.Images {

    static Digits few() {
      ImageDataSource all = Mnist.embedded();
      int[] first = IntStream.range(0, 20).toArray();
      return new Digits(
          new ImageDataSource(
              "digits", all.trainingImages().subset(first), all.heldOutImages().subset(first)));
    }

    @Override
    public String name() {
      return "mnist";
    }

    @Override
    public int heldOutSize() {
      return source.heldOutSize();
    }

    @Override
    public Optional<Unused> unused() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void theNoiseOfAGeneratorIsKeptUntilTheRunIsComplete() throws IOException {
    fonts = Fonts.probedBy(() -> {});
    String yaml =
        """
        method: reconstruction
        preset: smoke
        noise: spectral
        network: {architecture: mlp}
        data: {source: mnist}
        plan: {steps: 2, batchSize: 2}
        """;
    RunFolder folder = folder("generator");
    StopRequest stop = new StopRequest();
    stop.request();
    try (Run run =
        Run.begin(
            experiment(yaml), folder, new ReferenceEngine(), generator -> Digits.few(), host)) {
      assertThatThrownBy(() -> run.train(stop)).isInstanceOf(RunInterruptedException.class);
    }
    assertThat(folder.file(RunFolder.NOISE)).isNotEmptyFile();

    Experiment same = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
    try (Run run =
        Run.resume(same, folder, new ReferenceEngine(), generator -> Digits.few(), host)) {
      run.train(new StopRequest());
    }
    assertThat(folder.isComplete()).isTrue();
    assertThat(folder.file(RunFolder.NOISE)).doesNotExist();
    assertThat(folder.file("model/noise.safetensors")).isNotEmptyFile();
  }

  @Test
  void aGeneratorWhoseImagesCannotBeLabelledIsNotTrained() {
    assertThatThrownBy(() -> begin(GENERATOR, folder("generator")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("InternalError: no fonts here");
    assertThat(folder("generator").path()).doesNotExist();
  }

  /** A host with a page, and a clock that is a minute later each time. */
  private RunHost shownBy(RunHost.Page page) {
    AtomicLong minutes = new AtomicLong();
    return new RunHost() {
      @Override
      public void export(Network network, NetworkState state, Path folder) {}

      @Override
      public void report(String line) {
        reported.add(line);
      }

      @Override
      public Optional<Page> page() {
        return Optional.of(page);
      }

      @Override
      public InstantSource clock() {
        return () -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.incrementAndGet()));
      }
    };
  }

  @Test
  void aPageIsWrittenAtEvaluationsAndAtTheEnd() throws IOException {
    List<String> written = new ArrayList<>();
    RunHost.Page page =
        (folder, state) ->
            written.add(
                "%s, %s lines of steps"
                    .formatted(state, Files.readAllLines(folder.file(RunFolder.STEPS)).size() - 1));
    try (Run run =
        Run.begin(
            experiment(YAML), folder("run"), new ReferenceEngine(), noImages, shownBy(page))) {
      run.train(new StopRequest());
    }
    // A minute is taken by the page: the next is due only after fifty.
    assertThat(written).containsExactly("RUNNING, 0 lines of steps", "ENDED, 4 lines of steps");
    assertThat(folder("run").snapshots()).isEmpty();
  }

  @Test
  void aPageThatCannotBeWrittenIsReportedOnceAndChangesNothing() throws IOException {
    RunHost.Page broken =
        (folder, state) -> {
          throw new LinkageError("no pages here");
        };
    try (Run run =
        Run.begin(
            experiment(YAML), folder("broken"), new ReferenceEngine(), noImages, shownBy(broken))) {
      run.train(new StopRequest());
    }
    try (Run plain = begin(YAML, folder("plain"))) {
      plain.train(new StopRequest());
    }
    assertThat(reported)
        .filteredOn(line -> line.contains("page"))
        .containsExactly(
            "the run's page is missing or incomplete: java.lang.LinkageError: no pages here");
    for (String file : List.of(RunFolder.WEIGHTS, RunFolder.STEPS, RunFolder.METRICS)) {
      assertThat(folder("broken").file(file)).hasSameBinaryContentAs(folder("plain").file(file));
    }
  }

  @Test
  void aRunWithAPageResumesWithoutOneAndTheOtherWayRound() throws IOException {
    List<RunHost.Page.State> written = new ArrayList<>();
    RunHost shown = shownBy((folder, state) -> written.add(state));
    StopRequest stop = new StopRequest();
    stop.request();
    try (Run first =
        Run.begin(experiment(YAML), folder("a"), new ReferenceEngine(), noImages, shown)) {
      assertThatThrownBy(() -> first.train(stop)).isInstanceOf(RunInterruptedException.class);
    }
    assertThat(written).endsWith(RunHost.Page.State.STOPPED);
    try (Run rest = resume(folder("a"))) {
      rest.train(new StopRequest());
    }
    try (Run first = begin(YAML, folder("b"))) {
      assertThatThrownBy(() -> first.train(stop)).isInstanceOf(RunInterruptedException.class);
    }
    Experiment same = experiments.read(folder("b").file(RunFolder.EXPERIMENT), List.of());
    try (Run rest = Run.resume(same, folder("b"), new ReferenceEngine(), noImages, shown)) {
      rest.train(new StopRequest());
    }
    assertThat(written).endsWith(RunHost.Page.State.ENDED);
    assertThat(folder("a").file(RunFolder.WEIGHTS))
        .hasSameBinaryContentAs(folder("b").file(RunFolder.WEIGHTS));
  }
}
