package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Layout of a run folder. */
public record RunFolder(Path path) {

  /** The effective configuration; a folder with this file is a run. */
  public static final String EXPERIMENT = "experiment.yaml";

  /** The effective configuration of several seeds, whose runs have a folder each in this one. */
  public static final String SEEDS = "seeds.yaml";

  /** The software, machine and data it was computed with. */
  public static final String PROVENANCE = "provenance.json";

  /** The outcome; a run with this file is complete. */
  public static final String RESULT = "result.json";

  /** The measurements of each step. */
  public static final String STEPS = "steps.csv";

  /** The measurements of each evaluation. */
  public static final String METRICS = "metrics.csv";

  /** Both, and all other events. */
  public static final String EVENTS = "events.jsonl";

  /** A self-map's parameters. */
  public static final String WEIGHTS = "weights" + SafeTensors.ENDING;

  /** Their moving average. */
  public static final String AVERAGE = "average" + SafeTensors.ENDING;

  /** The noise of a generator that is being trained, estimated from its images. */
  static final String NOISE = "noise" + SafeTensors.ENDING;

  /** What happened, line by line. */
  public static final String LOG = "run.log";

  /** Samples of the trained generator. */
  public static final String SAMPLES = "samples.png";

  /** The folder of a generator's images through training. */
  static final String SNAPSHOTS = "snapshots";

  /** The best parameters by a metric. */
  public static final String BEST = "best" + SafeTensors.ENDING;

  /** The images that were not used; also in the folder of an evaluation. */
  public static final String SKIPPED = "skipped.txt";

  private static final String OF_SEED = "seed-";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * The folder of a generator's model: {@code named} itself, or the model of the run that it holds.
   *
   * @throws IOException if it holds a run without a model
   */
  public static Path modelAt(Path named) throws IOException {
    RunFolder run = new RunFolder(named);
    if (run.isOfSeeds()) {
      throw new IOException(
          "%s holds runs of several seeds; name the folder of one of them".formatted(named));
    }
    if (!run.isRun() || Files.exists(named.resolve(GeneratorModel.CARD))) {
      return named;
    }
    if (!Files.isDirectory(run.model())) {
      throw new IOException(
          run.isComplete()
              ? "%s holds a run without a model; runs of generators make one, runs of maps do not"
                  .formatted(named)
              : "%s holds a run that has not ended; continue it with 'idem run --resume %s'"
                  .formatted(named, named));
    }
    return run.model();
  }

  /** Whether there is a run. */
  public boolean isRun() {
    return Files.isRegularFile(path.resolve(EXPERIMENT));
  }

  /** Whether there are runs of several seeds. */
  public boolean isOfSeeds() {
    return Files.isRegularFile(path.resolve(SEEDS));
  }

  /** Why no run can begin in the folder, with a remedy; empty if one can. */
  public Optional<String> occupied() {
    String why;
    if (isRun()) {
      why = "%s already holds a run; resume it with --resume, or name another folder";
    } else if (isOfSeeds()) {
      why =
          "%s already holds runs of several seeds; resume them with --resume, or name another folder";
    } else if (Files.exists(path.resolve(GeneratorModel.CARD))) {
      why = "%s holds a model already; name another folder";
    } else if (Files.exists(path) && !Files.isDirectory(path)) {
      why = "%s is a file; name a folder";
    } else {
      return Optional.empty();
    }
    return Optional.of(why.formatted(path));
  }

  /** The folder of one of them. */
  public RunFolder ofSeed(long seed) {
    return new RunFolder(path.resolve(OF_SEED + seed));
  }

  private static boolean isOfSeed(Path folder) {
    return String.valueOf(folder.getFileName()).startsWith(OF_SEED);
  }

  /** The runs of the other seeds that have begun, if this is one of several seeds'. */
  List<RunFolder> siblings() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !isOfSeed(path) || !new RunFolder(parent).isOfSeeds()) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(parent)) {
      return folders
          .filter(folder -> isOfSeed(folder) && !folder.equals(path.toAbsolutePath()))
          .map(RunFolder::new)
          .filter(RunFolder::isRun)
          .sorted(Comparator.comparing(RunFolder::path))
          .toList();
    }
  }

  /** The folder to resume: this one, or the one of several seeds that contains it. */
  public Path toResume() {
    Path parent = path.getParent();
    return parent != null && isOfSeed(path) && new RunFolder(parent).isOfSeeds() ? parent : path;
  }

  /** The images of a generator through training, by step; none of a map. */
  public List<Snapshot> snapshots() throws IOException {
    return Snapshots.in(path.resolve(SNAPSHOTS));
  }

  /**
   * An image of a generator in training.
   *
   * @param step after which it was drawn
   * @param name of what it shows
   * @param file a PNG file
   */
  public record Snapshot(long step, String name, Path file) {}

  /** Whether another process is training the run. */
  public boolean isInUse() throws IOException {
    return RunLock.isHeld(path);
  }

  /** Whether the run has ended. */
  public boolean isComplete() {
    return Files.isRegularFile(path.resolve(RESULT));
  }

  /** A file of the folder. */
  public Path file(String name) {
    return path.resolve(name);
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** A generator, as 'idem generate --model' takes it. */
  private Path model() {
    return path.resolve(PreparedRun.Kept.LAST.model);
  }

  /** Makes the folder, and those in it that every run has. */
  void make() throws IOException {
    made(checkpoints());
  }

  /** Makes the folder, and says in it what runs of several seeds have in common. */
  public void makeOfSeeds(String configuration) throws IOException {
    made(path);
    write(SEEDS, configuration);
  }

  private void made(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IOException(
          "run folder (%s) cannot be created or written to (%s); name another folder"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Writes a text whole, or replaces it. */
  void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes plain values whole, as JSON. */
  void writeJson(String name, Map<String, ?> values) throws IOException {
    try {
      write(name, JSON.writeValueAsString(values) + "\n");
    } catch (JacksonException e) {
      throw new IllegalStateException("plain values", e);
    }
  }

  void write(String name, byte[] content) throws IOException {
    SafeFiles.write(path, name, content);
  }

  /**
   * Removes a folder that this run writes, if it is there: a run that was killed as it ended may
   * have left a part of it, or all.
   */
  Path cleared(String name) throws IOException {
    Path written = path.resolve(name);
    if (Files.exists(written)) {
      List<Path> deepestFirst;
      try (Stream<Path> walk = Files.walk(written)) {
        deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path old : deepestFirst) {
        Files.delete(old);
      }
    }
    return written;
  }

  /** Reads a text. */
  public String read(String name) throws IOException {
    try {
      return Files.readString(path.resolve(name));
    } catch (IOException e) {
      throw new IOException(
          "run folder (%s): %s cannot be read (%s)".formatted(path, name, e.getMessage()), e);
    }
  }
}
