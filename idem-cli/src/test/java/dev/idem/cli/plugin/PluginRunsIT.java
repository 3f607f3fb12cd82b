package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a plug-in contributes, used: in runs, evaluations, reports and the efficacy figure. */
@TestInstance(Lifecycle.PER_CLASS)
class PluginRunsIT {

  /** Objectives that are none, and what is said of each. */
  private static final Map<String, List<String>> BAD =
      Map.of(
          "Null",
          List.of("return null;", "returned no objective (null)"),
          "Shape",
          List.of(
              "return new OutputGradient<>(f.output(), ops.sum(f.output()));",
              "gave a gradient of shape [] at an output of shape [8, 16]"),
          "Idle",
          List.of(
              "return new Loss<>(ops.sum(ops.square(f.input())));",
              "gave a loss or output that depends on no parameter of the network"),
          "Thrower",
          List.of(
              "throw new IllegalStateException(\"too tired\");",
              "threw java.lang.IllegalStateException: too tired"),
          "Old",
          List.of(
              "throw new NoSuchMethodError(\"ops.sigmoid\");",
              "threw java.lang.NoSuchMethodError: ops.sigmoid"),
          "Service",
          List.of(
              "throw new ServiceConfigurationError(\"none inside\");",
              "threw java.util.ServiceConfigurationError: none inside"),
          "Nan",
          List.of(
              "T none = ops.multiply(ops.sum(f.output()), 0);"
                  + " return new Loss<>(ops.divide(none, none));",
              "term idempotency is not finite from the first step on; keep quotients and roots"
                  + " away from 0"));

  private static final String EVERYTHING =
      PluginJars.module(
          "Everything",
          """
          map(IdempotencyStrategy.class, "absolute", new Absolute());
          map(IdempotencyStrategy.class, "bad-null", new Null());
          map(IdempotencyStrategy.class, "bad-shape", new Shape());
          map(IdempotencyStrategy.class, "bad-idle", new Idle());
          map(IdempotencyStrategy.class, "bad-thrower", new Thrower());
          map(IdempotencyStrategy.class, "bad-old", new Old());
          map(IdempotencyStrategy.class, "bad-service", new Service());
          map(IdempotencyStrategy.class, "bad-nan", new Nan());
          map(Network.class, "bad-net", new Broken());
          map(DataSource.class, "bad-data", new Spoilt());
          map(ListenerFactory.class, "bad-log", folder -> { throw new Error("no log"); });
          map(Network.class, "own-net", dev.idem.models.network.Mlp.of(16, 8, 16));
          map(DataSource.class, "own-data", new dev.idem.models.data.DistributionSource.Gaussian(16));
          map(ListenerFactory.class, "own-log", folder -> new Log(folder));
          map(ListenerFactory.class, "own-broken", folder -> new TrainingListener() {
            @Override public void stepped(StepReport report) {
              throw new NoSuchMethodError("report.loss");
            }
          });
          map(DistributionMetric.class, "own-mean", new Mean(1));
          map(DistributionMetric.class, "own-sick", new Mean(0));
          map(Figure.class, "own-figure", new Sketch(false));
          map(Figure.class, "own-blot", new Sketch(true));
          """,
          """
          private <V> void map(Class<V> type, String name, V value) {
            MapBinder.newMapBinder(binder(), String.class, type).addBinding(name).toInstance(value);
          }
          record Log(Path folder) implements TrainingListener {
            @Override public void finished(long steps, String reason) {
              try {
                Files.writeString(folder.resolve("own.txt"), steps + " steps");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
          }
          record Mean(int divisor) implements DistributionMetric {
            @Override public String name() { return "recall"; }
            @Override public Goal goal() { return Goal.LOWER; }
            @Override public String bias() { return "sees the first pixel alone"; }
            @Override public double measure(float[][] real, float[][] generated) {
              return Math.abs(real[0][0] - generated[0][0]) + 1 / divisor;
            }
          }
          record Broken() implements Network {
            @Override public dev.idem.api.algebra.Shape shape() {
              return dev.idem.api.algebra.Shape.of(16);
            }
            @Override public List<ParameterSpec> parameters() {
              return List.of(new ParameterSpec("k", shape(), 1, 1, (spec, random) -> new double[16]));
            }
            @Override public <T> T apply(T x, ForwardPass<T> pass) { throw new Error("no map"); }
            @Override public String description() { return "broken"; }
          }
          record Spoilt() implements DataSource {
            @Override public dev.idem.api.algebra.Shape shape() {
              return dev.idem.api.algebra.Shape.of(16);
            }
            @Override public float[][] batch(long seed, long step, int size) {
              throw new java.io.IOError(new java.io.IOException("no batch"));
            }
            @Override public float[][] heldOut(long seed, int size) { return new float[size][16]; }
            @Override public String description() { return "spoilt"; }
          }
          record Sketch(boolean blot) implements Figure {
            @Override public String title() { return "A sketch"; }
            @Override public String paperShows() { return "Nothing."; }
            @Override public String ourSetting() { return "None."; }
            @Override public boolean inDefaultSet() { return false; }
            @Override public FigureResult draw(FigureContext context) {
              if (blot) {
                throw new Error("spilt");
              }
              return new FigureResult(
                  List.of(),
                  List.of(Table.shown("own", "Numbers.", List.of(7), List.of(new Table.Column<>("n", n -> n)))),
                  List.of("Seven."));
            }
          }
          """);

  private static final String LABEL = "plug-in everything 2.0 (everything-2.0.jar)";

  private Path temporary;
  private Path plugins;
  private Path experiment;

  @BeforeAll
  void compile(@TempDir Path folder) throws IOException {
    temporary = folder;
    plugins = folder.resolve("plugins");
    List<String> sources = new ArrayList<>();
    BAD.forEach((type, bad) -> sources.add(PluginJars.strategy(type, bad.get(0))));
    sources.add(
        PluginJars.strategy(
            "Absolute",
            "return new Loss<>(ops.mean(ops.abs(ops.subtract(f.iterate(2), f.output()))));"));
    sources.add(EVERYTHING);
    new PluginJars(folder)
        .titled(
            plugins,
            "everything-2.0.jar",
            "everything",
            "2.0",
            "Everything",
            sources.toArray(String[]::new));
    experiment =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            subject: map
            strategy: {name: absolute}
            network: {name: own-net}
            data: {source: own-data}
            plan: {steps: 4, evaluateEvery: 2, batchSize: 8}
            run: {listeners: [csv, own-log, own-broken]}
            engine: {threads: 1}
            """);
  }

  private Console idem(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--plugins", plugins.toString()));
    return Console.run(all.toArray(String[]::new));
  }

  private String[] run(Path folder, String... settings) {
    List<String> all =
        new ArrayList<>(List.of("run", experiment.toString(), "--out", folder.toString()));
    for (String setting : settings) {
      all.addAll(List.of("--set", setting));
    }
    return all.toArray(String[]::new);
  }

  @Test
  void aRunRecordsItsJarAndResumesWithNoOther() throws IOException {
    Path folder = temporary.resolve("run");
    Console ran = idem(run(folder));
    assertThat(ran.exitCode()).as(ran.all()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains(
            "listener own-broken failed: java.lang.NoSuchMethodError: report.loss; detached,"
                + " training continues (of "
                + LABEL
                + ")");
    assertThat(folder.resolve("own.txt")).hasContent("4 steps");
    assertThat(folder.resolve("provenance.json"))
        .content()
        .contains(
            "\"jar\" : \"everything-2.0.jar\"",
            "\"version\" : \"2.0\"",
            "\"strategy absolute\", \"network own-net\", \"data source own-data\","
                + " \"listener own-log\", \"listener own-broken\"")
        .containsPattern("\"sha256\" : \"[0-9a-f]{64}\"");
    assertThat(idem("reproduce-run", folder.toString()).out())
        .contains("reproduced to the last byte");

    refused("is missing; name its folder by --plugins", "reproduce-run", folder.toString());
    Files.delete(folder.resolve("result.json"));
    refused("is missing; name its folder by --plugins", "run", "--resume", folder.toString());
    Path other = temporary.resolve("other");
    new PluginJars(temporary)
        .titled(
            other,
            "everything-2.0.jar",
            "everything",
            "2.0",
            "Other",
            PluginJars.strategies("Other", "\"absolute\"", "new CanonicalStrategy()"));
    refused(
        "is another jar now; name that jar's folder by --plugins",
        "run",
        "--resume",
        folder.toString(),
        "--plugins",
        other.toString());
  }

  private static void refused(String message, String... arguments) {
    Console refused = Console.run(arguments);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "strategy absolute, network own-net",
            "came from plug-in everything 2.0 (everything-2.0.jar, SHA-256 ",
            message);
    assertThat(refused.err().lines()).hasSize(2);
  }

  @Test
  void aBadStrategyIsNamedInALineWithItsPlugin() {
    BAD.forEach(
        (type, bad) -> {
          String name = "bad-" + type.toLowerCase(Locale.ROOT);
          Console ran = idem(run(temporary.resolve(name), "strategy.name=" + name));
          assertThat(ran.exitCode()).isEqualTo(1);
          assertThat(ran.err())
              .startsWith("idem: strategy '%s' of %s: ".formatted(name, LABEL))
              .contains(bad.get(1))
              .doesNotContain("\tat ");
          assertThat(ran.err().lines()).hasSize(1);
          assertThat(temporary.resolve(name).resolve("run.log")).content().contains("\tat ");
        });
  }

  @Test
  void anErrorOfANetworkDataSourceOrListenerIsALineThatNamesThePlugin() {
    Map<String, String> faults =
        Map.of(
            "network.name=bad-net", "Error: no map; thrown in " + LABEL,
            "data.source=bad-data", "no batch; thrown in " + LABEL,
            "run.listeners=bad-log", "listener 'bad-log' of " + LABEL + ": Error: no log");
    faults.forEach(
        (setting, fault) -> {
          Console ran = idem(run(temporary.resolve(setting), setting));
          assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
          assertThat(ran.err()).startsWith("idem: ").contains(fault).doesNotContain("\tat ");
          assertThat(ran.err().lines()).hasSize(1);
        });
  }

  @Test
  void aMetricStandsInTheTableUnderItsNameAndAFailingOneIsNamed() {
    Path folder = temporary.resolve("digits");
    Console ran =
        idem(
            run(
                folder,
                "network.name=cnn",
                "data.source=mnist",
                "plan.steps=1",
                "run.listeners=csv"));
    assertThat(ran.exitCode()).as(ran.all()).isZero();
    String function = "saved-model:" + folder.resolve("saved-model");
    Console evaluated = idem(evaluate(function, "evaluated", "--metrics", "own-mean"));
    assertThat(evaluated.exitCode()).as(evaluated.all()).isZero();
    assertThat(evaluated.out())
        .contains("own-mean", "sees the first pixel alone (" + LABEL + ")")
        .doesNotContain("recall");
    assertThat(temporary.resolve("evaluated/metrics.json"))
        .content()
        .contains(LABEL + ", SHA-256 ", "metric own-mean");

    Console sick = idem(evaluate(function, "sick", "--metrics", "own-sick"));
    assertThat(sick.exitCode()).isEqualTo(1);
    assertThat(sick.err())
        .isEqualTo(
            "idem: metric 'own-sick' (--without own-sick leaves it out) of %s: ArithmeticException: / by zero\n"
                .formatted(LABEL));
    assertThat(idem(evaluate(function, "unknown", "--metrics", "own-meen")).err())
        .contains("unknown metric 'own-meen'; did you mean 'own-mean'?");
  }

  private String[] evaluate(String function, String out, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("evaluate", "--function", function, "--data", "mnist", "--samples", "40"));
    all.addAll(List.of("--features", "pixels", "--out", temporary.resolve(out).toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void theEfficacyFigureComparesContributedStrategiesAndSaysWhatItLeavesOut() throws IOException {
    Path out = temporary.resolve("report");
    Console drawn =
        idem(
            "reproduce",
            "own-figure",
            "own-blot",
            "efficacy",
            "--preset",
            "smoke",
            "--out",
            out.toString());
    assertThat(drawn.exitCode()).as(drawn.all()).isEqualTo(1);
    assertThat(drawn.out())
        .containsPattern("own-figure +.* done")
        .contains("FAILED: Error: spilt; thrown in " + LABEL)
        .containsPattern("efficacy +.* done");
    assertThat(out.resolve("own-figure/own.csv")).content().contains("7");
    assertThat(out.resolve("efficacy/overview.csv"))
        .content()
        .startsWith(
            "task,start,canonical,substituted,limited,accelerated,anchored,absolute (plug-in),"
                + "bad-nan (plug-in),leading");
    assertThat(out.resolve("efficacy/runs.csv"))
        .content()
        .contains("cnn-mnist,unit gain,absolute (plug-in),", "bad-nan (plug-in),1.0,1001,diverged");
    assertThat(out.resolve("efficacy/paired.csv"))
        .content()
        .contains(",best,absolute (plug-in),canonical,");
    assertThat(out.resolve("efficacy/linear-16-strategies.svg"))
        .content()
        .contains("absolute (plug-in), rate 1");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains(
            "absolute (plug-in) is strategy &#39;absolute&#39; of " + LABEL,
            "strategy &#39;bad-null&#39; of " + LABEL + " is left out, it failed on linear-16",
            "everything-2.0.jar), SHA-256 ",
            "--plugins " + plugins.toRealPath());
  }

  @Test
  void aUseComparesContributedStrategiesAndNetworks() {
    Path out = temporary.resolve("uses");
    Console compared =
        idem(
            "compare-strategies",
            "--task",
            "projection",
            "--strategy",
            "canonical",
            "--strategy",
            "absolute",
            "--strategy",
            "bad-null",
            "--network",
            "own-net",
            "--preset",
            "smoke",
            "--out",
            out.toString());
    assertThat(compared.exitCode()).as(compared.all()).isZero();
    assertThat(compared.out())
        .contains("own-net + canonical", "own-net + absolute (plug-in)")
        .contains("Preset smoke decides nothing")
        .doesNotContain("own-net + bad-null");
    assertThat(out.resolve("runs.csv")).content().contains(",own-net + absolute (plug-in),1000,");
    assertThat(out.resolve("projection.svg")).isNotEmptyFile();
  }
}
