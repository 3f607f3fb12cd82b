package dev.idem.cli.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.check.Numbers;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.report.Page;
import dev.idem.figures.run.Measurements;
import dev.idem.figures.run.RunReport;
import dev.idem.figures.run.SeedsReport;
import dev.idem.figures.run.SeedsReport.Seed;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of runs, from what their folders hold. */
final class RunPages implements RunHost.Page {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SETTINGS = "settings";
  private static final String DATA = "data";
  private static final Map<String, String> INPUTS =
      Map.of(GenerativeObjective.DATA, DATA, GenerativeObjective.NOISE, "noise");
  private static final Pattern ENDED = Pattern.compile("(?m)^\\S+ INFO +\\S+: ended: (.*)$");
  private static final Pattern SEED = Pattern.compile("seed-(-?\\d+)");

  /** Writes the page of a run; once it has ended or stopped, also that of the other seeds. */
  @Override
  public void write(RunFolder folder, State state) throws IOException {
    report(folder, state).write(new OutputFolder(folder.path()));
    Path all = folder.toResume();
    if (state != State.RUNNING && !all.equals(folder.path())) {
      writeSeeds(new RunFolder(all));
    }
  }

  /** How far the run of a folder is that this process does not train. */
  static State state(RunFolder folder) throws IOException {
    return folder.isComplete() ? State.ENDED : folder.isInUse() ? State.RUNNING : State.STOPPED;
  }

  private static RunReport report(RunFolder folder, State state) throws IOException {
    JsonNode provenance = json(folder, RunFolder.PROVENANCE);
    JsonNode settings = provenance.path(SETTINGS);
    JsonNode result = json(folder, RunFolder.RESULT);
    Measurements steps = Measurements.read(folder.file(RunFolder.STEPS));
    Measurements evaluations = Measurements.read(folder.file(RunFolder.METRICS));
    long done =
        result
            .path("steps")
            .asLong(Math.max(0, Math.max(steps.lastStep() + 1, evaluations.lastStep())));
    List<RunReport.Snapshot> snapshots = new ArrayList<>();
    for (RunFolder.Snapshot snapshot : folder.snapshots()) {
      snapshots.add(
          new RunReport.Snapshot(
              snapshot.step(), snapshot.name(), Files.readAllBytes(snapshot.file())));
    }
    Path samples = folder.file(RunFolder.SAMPLES);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("method", method(settings));
    facts.put("state", state(state, done, settings, result));
    addVerdict(facts, result);
    facts.put(
        "network",
        String.format(
            Locale.ROOT,
            "%s, %,d parameters",
            provenance.path("network").asText(),
            provenance.path("parameters").asLong()));
    provenance
        .path(DATA)
        .properties()
        .forEach(
            input -> {
              String name = INPUTS.get(input.getKey());
              if (name != null) {
                facts.put(name, withoutSum(input.getValue().asText()));
              }
            });
    facts.put("plan", plan(settings));
    facts.put("seed", provenance.path("seed").asText());
    return new RunReport(
        "Run " + name(folder.path()),
        state == State.STOPPED ? reason(folder) : Optional.empty(),
        facts,
        steps,
        evaluations,
        meanings(),
        Files.exists(samples) ? Optional.of(Files.readAllBytes(samples)) : Optional.empty(),
        snapshots,
        folder.read(RunFolder.EXPERIMENT),
        flat(provenance),
        commands(folder, settings, state));
  }

  /** A file's values; none if it is missing or damaged. */
  private static JsonNode json(RunFolder folder, String name) throws IOException {
    if (!Files.exists(folder.file(name))) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(folder.read(name));
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  private static String method(JsonNode settings) {
    return settings.path("method").asText(settings.path("strategy.name").asText());
  }

  private static String state(State state, long done, JsonNode settings, JsonNode result) {
    String steps =
        String.format(Locale.ROOT, "%,d of %,d steps", done, settings.path("plan.steps").asLong());
    return switch (state) {
      case RUNNING -> "running, %s done when this page was written".formatted(steps);
      case STOPPED -> "stopped, %s done".formatted(steps);
      case ENDED -> "ended after %s: %s".formatted(steps, result.path("ended").asText());
    };
  }

  private static void addVerdict(Map<String, String> facts, JsonNode result) {
    String verdict = result.path("verdict").asText();
    if (!verdict.isEmpty()) {
      String says =
          Stream.of(CollapseVerdict.values())
              .filter(known -> known != CollapseVerdict.HEALTHY)
              .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(verdict))
              .map(known -> ": " + CollapseThresholds.defaults().describe(known))
              .findFirst()
              .orElse("");
      facts.put("verdict", verdict + says);
    }
    JsonNode best = result.path("best");
    if (best.path("step").asLong() > 0) {
      facts.put(
          "best",
          String.format(
              Locale.ROOT,
              "%s %s after %,d steps",
              best.path("by").asText(),
              Numbers.rounded(best.path("value").asDouble(), 3),
              best.path("step").asLong()));
    }
  }

  private static String plan(JsonNode settings) {
    return "%s steps of %s, rate %s, %s"
        .formatted(
            String.format(Locale.ROOT, "%,d", settings.path("plan.steps").asLong()),
            settings.path("plan.batchSize").asText(),
            settings.path("plan.learningRate").asText(),
            settings.path("plan.optimizer.name").asText());
  }

  private static String withoutSum(String fingerprint) {
    return fingerprint.replaceFirst(", sha256 \\p{XDigit}{64}$", "");
  }

  /** Why it stopped, by its log. */
  private static Optional<String> reason(RunFolder folder) throws IOException {
    if (!Files.exists(folder.file(RunFolder.LOG))) {
      return Optional.empty();
    }
    Matcher ended = ENDED.matcher(folder.read(RunFolder.LOG));
    return ended.results().map(found -> found.group(1)).reduce((earlier, later) -> later);
  }

  private static Map<String, String> flat(JsonNode provenance) {
    Map<String, String> flat = new LinkedHashMap<>();
    provenance
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals(DATA)) {
                entry
                    .getValue()
                    .properties()
                    .forEach(data -> flat.put(data.getKey(), data.getValue().asText()));
              } else if (!entry.getKey().equals(SETTINGS)) {
                JsonNode value = entry.getValue();
                flat.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
              }
            });
    return flat;
  }

  private static Map<String, String> commands(RunFolder folder, JsonNode settings, State state) {
    Map<String, String> commands = new LinkedHashMap<>();
    Path path = folder.path();
    if (state != State.ENDED) {
      commands.put("Continue the run:", command("run", "--resume", folder.toResume().toString()));
      return commands;
    }
    if (settings.path("subject").asText().equals("generator")) {
      commands.put(
          "Draw samples:",
          command(
              "generate", "--model", path.toString(), "--n", "64", "--out", in(path, "grid.png")));
      commands.put(
          "Restore masked images:",
          command(
              "project",
              "--model",
              path.toString(),
              "--degrade",
              "mask",
              "--out",
              in(path, "masked.png")));
      commands.put("Try it in the browser:", command("explore", "--model", path.toString()));
      commands.put(
          "Evaluate it:",
          command("evaluate", "--model", path.toString(), "--out", in(path, "evaluation")));
      commands.put(
          "Export it for TensorFlow:",
          command("export", "--model", path.toString(), "--out", in(path, "exported")));
    }
    String data = settings.path("data.source").asText();
    Path savedModel = folder.file("saved-model");
    if (Files.isDirectory(savedModel) && data.matches("mnist|(mnist|fetched|images):.*")) {
      commands.put(
          "Evaluate the map:",
          command(
              "evaluate",
              "--function",
              "saved-model:" + savedModel,
              "--data",
              data,
              "--out",
              in(path, "evaluation")));
    }
    commands.put(
        "Repeat the run and compare every byte:", command("reproduce-run", path.toString()));
    return commands;
  }

  private static String in(Path folder, String name) {
    return folder.resolve(name).toString();
  }

  /** A command line for a shell. */
  static String command(String... words) {
    return Stream.of(words)
        .map(
            word -> word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .reduce("./idem", (line, word) -> line + " " + word);
  }

  /** The last name of a path, made absolute. */
  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** Writes the page of several seeds. */
  static void writeSeeds(RunFolder all) throws IOException {
    List<RunFolder> runs;
    try (Stream<Path> folders = Files.list(all.path())) {
      runs =
          folders
              .map(RunFolder::new)
              .filter(run -> SEED.matcher(name(run.path())).matches() && run.isRun())
              .sorted(Comparator.comparingLong(RunPages::seed))
              .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    List<Seed> seeds = new ArrayList<>();
    JsonNode settings = JSON.missingNode();
    boolean ended = true;
    for (RunFolder run : runs) {
      JsonNode result = json(run, RunFolder.RESULT);
      settings = json(run, RunFolder.PROVENANCE).path(SETTINGS);
      ended &= run.isComplete();
      String verdict = result.path("verdict").asText();
      seeds.add(
          new Seed(
              "seed " + seed(run),
              name(run.path()) + "/" + Page.NAME,
              run.isComplete() ? result.path("ended").asText() + ", " + verdict : "not ended",
              Measurements.read(run.file(RunFolder.METRICS))));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("method", method(settings));
    facts.put("plan", plan(settings));
    Map<String, String> commands = new LinkedHashMap<>();
    if (ended) {
      commands.put(
          "Repeat the runs and compare every byte:",
          command("reproduce-run", all.path().toString()));
    } else {
      commands.put("Continue the runs:", command("run", "--resume", all.path().toString()));
    }
    new SeedsReport(
            "Runs " + name(all.path()),
            facts,
            seeds,
            meanings(),
            all.read(RunFolder.SEEDS),
            commands)
        .write(new OutputFolder(all.path()));
  }

  private static long seed(RunFolder run) {
    Matcher seed = SEED.matcher(name(run.path()));
    return seed.matches() ? Long.parseLong(seed.group(1)) : 0;
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      meanings.put(
          metric.label(),
          switch (metric) {
            case IDEMPOTENCY_ERROR ->
                "Mean of (f(f(x)) − f(x))²; lower is better, and f = 0 has 0.";
            case RELATIVE_ERROR ->
                "Idempotency error over power, which shrinking does not lower; lower is better.";
            case ERROR_OVER_VARIANCE ->
                "Idempotency error over variance, infinite for collapsed outputs; lower is better.";
            case RECONSTRUCTION_ERROR -> "Mean of (f(x) − x)² of the data; lower is better.";
            case POWER -> "Mean of f(x)².";
            case EFFECTIVE_RANK -> "Effective rank of the outputs.";
          });
    }
    return meanings;
  }
}
