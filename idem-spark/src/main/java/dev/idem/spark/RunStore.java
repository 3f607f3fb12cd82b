package dev.idem.spark;

import dev.idem.cli.environment.Failures;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import dev.idem.runs.sweep.SweepWorker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Run folders in a file system of Hadoop's: HDFS, an object store, a disk. A folder counts from the
 * moment that it was copied completely, which an empty file in it, Hadoop's usual {@code _SUCCESS},
 * says.
 */
final class RunStore {

  private static final String COMPLETE = "_SUCCESS";

  private final FileSystem files;
  private final org.apache.hadoop.fs.Path root;

  /**
   * A store.
   *
   * @param uri of the folder of the run folders
   * @throws IOException if its file system cannot be used
   */
  RunStore(URI uri, Configuration configuration) throws IOException {
    root = new org.apache.hadoop.fs.Path(uri);
    files = root.getFileSystem(configuration);
    // On a disk, a second file of checksums beside each.
    files.setWriteChecksum(false);
  }

  /**
   * The place of run folders.
   *
   * @throws IllegalArgumentException if it is not the URI of a folder, or contains credentials
   */
  static URI uri(String store) {
    String forms = "hdfs://HOST/FOLDER, s3a://BUCKET/FOLDER or file:///FOLDER";
    if (store.matches("[^/]*://[^/]*@.*")) {
      // Without the value, which is secret.
      throw new IllegalArgumentException(
          "store must not contain credentials; put them into Hadoop's configuration files or the environment");
    }
    try {
      URI uri = new URI(store);
      if (uri.getScheme() != null && uri.getPath() != null && uri.getPath().startsWith("/")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "store (%s) is not a URI (%s); name one such as %s"
              .formatted(store, e.getReason(), forms),
          e);
    }
    throw new IllegalArgumentException(
        "store (%s) must be the URI of a folder, such as %s".formatted(store, forms));
  }

  /**
   * Makes the folder of the run folders, and proves that it can be written to.
   *
   * @throws IOException if it cannot be used
   */
  static void check(URI uri, Configuration configuration) throws IOException {
    try {
      RunStore store = new RunStore(uri, configuration);
      store.files.mkdirs(store.root);
      org.apache.hadoop.fs.Path probe = new org.apache.hadoop.fs.Path(store.root, ".idem");
      store.files.create(probe, true).close();
      store.files.delete(probe, false);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "store %s cannot be used (%s); are its file system's jar on the class path, and its credentials in Hadoop's configuration?"
              .formatted(uri, Failures.line(Failures.describe(e))),
          e);
    }
  }

  /**
   * Executes a task in a copy of its run folder, which replaces the folder here afterwards. Of a
   * run whose outcome is known nothing is copied or repeated.
   *
   * @param scratch a folder for copies
   * @param execution of the task, in the folder of run folders that it is given
   */
  SweepOutcome execute(SweepTask task, Path scratch, Execution execution) throws IOException {
    Path runs = Files.createTempDirectory(scratch, "idem-run-");
    try {
      Path copy = Files.createDirectory(runs.resolve(task.id()));
      boolean known = fetch(task, copy);
      SweepOutcome outcome = execution.in(runs);
      if (!known) {
        put(task.id(), copy);
      }
      return outcome;
    } finally {
      delete(runs);
    }
  }

  /** Executes a task in a folder of run folders. */
  @FunctionalInterface
  interface Execution {
    SweepOutcome in(Path runs);
  }

  /**
   * Copies a run's folder, or its outcome alone, and returns true, if that is all the task asks
   * for.
   */
  private boolean fetch(SweepTask task, Path copy) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root, task.id());
    if (!files.exists(new org.apache.hadoop.fs.Path(folder, COMPLETE))) {
      return false;
    }
    org.apache.hadoop.fs.Path outcome = new org.apache.hadoop.fs.Path(folder, SweepWorker.OUTCOME);
    if (files.exists(outcome)) {
      fetch(outcome, copy.resolve(SweepWorker.OUTCOME));
      if (suffices(copy.resolve(SweepWorker.OUTCOME), task)) {
        return true;
      }
    }
    String prefix = files.makeQualified(folder).toUri().getPath() + "/";
    RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
    while (found.hasNext()) {
      org.apache.hadoop.fs.Path file = found.next().getPath();
      String name = file.toUri().getPath().substring(prefix.length());
      if (!name.equals(COMPLETE) && !name.equals(SweepWorker.OUTCOME)) {
        fetch(file, copy.resolve(name));
      }
    }
    return false;
  }

  private void fetch(org.apache.hadoop.fs.Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling("."));
    try (InputStream in = files.open(from)) {
      Files.copy(in, to);
    }
  }

  private static boolean suffices(Path file, SweepTask task) throws IOException {
    SweepOutcome outcome = SweepOutcome.parse(Files.readString(file, StandardCharsets.UTF_8));
    return outcome.state().isFinal()
        || (outcome.state() == State.PAUSED && outcome.steps() >= task.until());
  }

  private void put(String id, Path from) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root, id);
    // First, on its own: a folder's files are deleted in any order.
    files.delete(new org.apache.hadoop.fs.Path(folder, COMPLETE), false);
    files.delete(folder, true);
    for (Path file : regularFiles(from)) {
      String name = from.relativize(file).toString();
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = files.create(new org.apache.hadoop.fs.Path(folder, name))) {
        in.transferTo(out);
      }
    }
    files.create(new org.apache.hadoop.fs.Path(folder, COMPLETE)).close();
  }

  /** The outcome is the last. */
  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing((Path file) -> file.endsWith(SweepWorker.OUTCOME)))
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
