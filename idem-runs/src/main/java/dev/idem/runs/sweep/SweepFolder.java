package dev.idem.runs.sweep;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.experiment.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folder of a sweep: its file as it was given, what it was started with, the outcomes in the
 * order in which they arrived, and the run folders.
 */
public record SweepFolder(Path path) {

  /** The sweep file; a folder with this file is a sweep. */
  public static final String FILE = "sweep.yaml";

  /** What else the sweep was started with. */
  private static final String START = "sweep.json";

  /** An outcome a line; of a run, the last counts. */
  private static final String OUTCOMES = "outcomes.jsonl";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * What a sweep was started with.
   *
   * @param name of the sweep file
   * @param overrides of its keys
   * @param version of idem
   * @param runs a hash of the ids of its runs
   */
  public record Start(String name, List<String> overrides, String version, String runs) {

    public Start {
      overrides = List.copyOf(overrides);
    }

    /** The start of a sweep with that version of idem. */
    public static Start of(Sweep sweep, String name, List<String> overrides, String version) {
      String ids = sweep.entries().stream().map(Sweep.Entry::id).collect(Collectors.joining("\n"));
      return new Start(
          name, overrides, version, FileCard.of(ids.getBytes(StandardCharsets.UTF_8)).sha256());
    }
  }

  /** Whether there is a sweep. */
  public boolean isSweep() {
    return Files.isRegularFile(path.resolve(FILE));
  }

  /** Why no sweep can begin in the folder, with a remedy; empty if one can. */
  public Optional<String> occupied() {
    if (isSweep()) {
      return Optional.of(
          "%s already holds a sweep; resume it with --resume, or name another folder"
              .formatted(path));
    }
    return Files.exists(path) && !Files.isDirectory(path)
        ? Optional.of("%s is a file; name a folder".formatted(path))
        : Optional.empty();
  }

  /** The folder of the run folders. */
  public Path runs() {
    return path.resolve("runs");
  }

  /** A file of the folder. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Makes the folder of a new sweep.
   *
   * @throws IOException if it cannot be created or written to; the message names it
   */
  public void begin(String yaml, Start start) throws IOException {
    try {
      Files.createDirectories(runs());
    } catch (IOException e) {
      throw new IOException(
          "sweep folder (%s) cannot be created or written to (%s); name another folder"
              .formatted(path, e.getMessage()),
          e);
    }
    write(START, JSON.writeValueAsString(start) + "\n");
    write(FILE, yaml);
  }

  /** What the sweep was started with. */
  public Start start() throws IOException {
    try {
      return JSON.readValue(read(START), Start.class);
    } catch (JacksonException e) {
      throw new IOException(
          "sweep folder (%s): %s is damaged: %s; start again in another folder"
              .formatted(path, START, SafeFiles.reason(e)),
          e);
    }
  }

  /**
   * The outcomes of each run that has one, in the order in which they arrived; a line that was cut
   * off is not read.
   */
  public Map<String, List<SweepOutcome>> outcomes() throws IOException {
    Map<String, List<SweepOutcome>> outcomes = new LinkedHashMap<>();
    if (Files.exists(path.resolve(OUTCOMES))) {
      for (String line : read(OUTCOMES).lines().toList()) {
        try {
          SweepOutcome outcome = SweepOutcome.parse(line);
          outcomes.computeIfAbsent(outcome.id(), none -> new ArrayList<>()).add(outcome);
        } catch (IllegalArgumentException e) {
          // The driver was killed while it wrote this line; the run's own folder has the outcome.
        }
      }
    }
    return outcomes;
  }

  /** Adds an outcome. */
  void add(SweepOutcome outcome) {
    try {
      // A new line first ends one that was cut off.
      Files.writeString(
          path.resolve(OUTCOMES),
          (Files.exists(path.resolve(OUTCOMES)) ? "\n" : "") + outcome.toJson(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be written: %s".formatted(path.resolve(OUTCOMES), e.getMessage()), e);
    }
  }

  /** Writes a text whole, or replaces it. */
  public void write(String name, String text) throws IOException {
    SafeFiles.write(path, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a text. */
  public String read(String name) throws IOException {
    try {
      return Files.readString(path.resolve(name));
    } catch (IOException e) {
      throw new IOException(
          "sweep folder (%s): %s cannot be read (%s)".formatted(path, name, e.getMessage()), e);
    }
  }
}
