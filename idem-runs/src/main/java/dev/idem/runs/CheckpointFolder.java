package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run, one file each, named by their step. A file is written under another
 * name, forced to the disk and then renamed, so that no name ever refers to a partial checkpoint;
 * the previous file stays until the new one is complete.
 *
 * @param path the folder, which must exist before a checkpoint is written to it
 * @param kept the number of newest checkpoints to keep, positive; with two, one may be damaged
 */
public record CheckpointFolder(Path path, int kept) {

  public CheckpointFolder {
    Require.positive("number of checkpoints kept", kept);
  }

  /** The maximal length of an array; 500 million values in single precision. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private static final String BEST = "best.checkpoint";
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.checkpoint");

  /** The checkpoint in that file, and newer files that could not be used, each reason once. */
  record Found(Path file, Checkpoint checkpoint, List<String> refused) {

    /**
     * Such as {@code step-000000000400.checkpoint; not step-000000000500.checkpoint, which ...}.
     */
    String description() {
      StringBuilder text = new StringBuilder(String.valueOf(file.getFileName()));
      refused.forEach(reason -> text.append("; not ").append(reason));
      return text.toString();
    }
  }

  /**
   * Writes a checkpoint, then removes the oldest ones beyond the number to keep; if it cannot be
   * written, every earlier one is kept.
   */
  Path write(Checkpoint checkpoint) throws IOException {
    Path file = write(name(checkpoint.state().stepsDone()), checkpoint);
    try {
      List<Path> all = newestFirst();
      for (Path old : all.subList(Math.min(kept, all.size()), all.size())) {
        Files.deleteIfExists(old);
      }
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof IOException own ? own : new IOException(e.getMessage(), e);
      throw Files.isDirectory(path)
          ? new IOException(
              "checkpoints older than %s could not be removed (%s)".formatted(file, reason(cause)),
              cause)
          : notWritten(file, cause);
    }
    return file;
  }

  /** Writes a checkpoint as the best so far, which newer ones do not remove. */
  Path writeBest(Checkpoint checkpoint) throws IOException {
    return write(BEST, checkpoint);
  }

  private static String name(long stepsDone) {
    return String.format(Locale.ROOT, "step-%012d.checkpoint", stepsDone);
  }

  private Path write(String name, Checkpoint checkpoint) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(checkpoint.bytes());
    Path file = path.resolve(name);
    Path temporary = path.resolve("." + name + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder();
      return file;
    } catch (IOException e) {
      throw notWritten(file, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** The new name is on the disk only when the folder is; not every file system lets us ask. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException notSupported) {
      // Windows opens no folder; the rename is then as durable as the system makes it.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is in nobody's way: the next write replaces it.
    }
  }

  private IOException notWritten(Path file, IOException cause) {
    return new IOException(
        "checkpoint %s could not be written (%s)".formatted(file, reason(cause)), cause);
  }

  private String reason(IOException e) {
    if (!Files.isDirectory(path)) {
      return "its folder is gone";
    }
    if (e instanceof NoSuchFileException) {
      return "it was removed while it was being written";
    }
    if (e instanceof FileSystemException of) {
      return of.getReason() == null
          ? e.getClass().getSimpleName() + ": " + of.getFile()
          : of.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /**
   * The newest checkpoint that is intact, belongs to {@code run}, and can be resumed from.
   *
   * <p>Changes nothing. An older one may serve where the newest does not: after a power failure a
   * checkpoint can be on the disk, and the last lines of the run's other files not.
   *
   * @param restore prepares the run to resume from a checkpoint; throws {@link
   *     IllegalArgumentException} with the reason if it cannot, and is then called with an older
   *     one
   * @return empty if there are no checkpoint files
   * @throws MalformedFileException if there are some, but none can be used, each with its reason
   * @throws IOException if the folder cannot be read
   */
  Optional<Found> newestIntact(String run, Consumer<Checkpoint> restore) throws IOException {
    Map<String, List<String>> filesByReason = new LinkedHashMap<>();
    for (Path file : newestFirst()) {
      String reason;
      try {
        Checkpoint checkpoint = read(file);
        if (checkpoint.run().equals(run)) {
          restore.accept(checkpoint);
          return Optional.of(new Found(file, checkpoint, refused(filesByReason)));
        }
        reason = "which belongs to another run";
      } catch (IOException e) {
        reason = "which " + e.getMessage();
      } catch (IllegalArgumentException e) {
        reason = "as " + e.getMessage();
      }
      filesByReason
          .computeIfAbsent(reason, first -> new ArrayList<>())
          .add(String.valueOf(file.getFileName()));
    }
    if (filesByReason.isEmpty()) {
      return Optional.empty();
    }
    throw new MalformedFileException(
        "no checkpoint in %s can be used: %s"
            .formatted(path, String.join("; ", refused(filesByReason))));
  }

  /** Each reason once, after the files that it holds for. */
  private static List<String> refused(Map<String, List<String>> filesByReason) {
    return filesByReason.entrySet().stream()
        .map(one -> String.join(", ", one.getValue()) + ", " + one.getKey())
        .toList();
  }

  /**
   * The best checkpoint so far: the file written as such or, if that is missing or damaged, the
   * checkpoint of the same step, if it still exists. A later best is accepted too, as a resumed run
   * reaches it again.
   */
  Found best(String run, long step) throws MalformedFileException {
    List<String> refused = new ArrayList<>();
    for (String name : List.of(BEST, name(step))) {
      Path file = path.resolve(name);
      try {
        Checkpoint checkpoint = read(file);
        if (checkpoint.run().equals(run) && checkpoint.state().stepsDone() >= step) {
          return new Found(file, checkpoint, refused);
        }
        refused.add(name + ", which belongs to another run or an earlier step");
      } catch (NoSuchFileException e) {
        refused.add(name + ", which is missing");
      } catch (IOException e) {
        refused.add(name + ", which " + e.getMessage());
      }
    }
    throw new MalformedFileException("neither " + String.join(", nor ", refused));
  }

  private static Checkpoint read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new MalformedFileException(
          "has %s bytes; a checkpoint has at most %s".formatted(size, MOST_BYTES));
    }
    return Checkpoint.of(Files.readAllBytes(file));
  }

  private List<Path> newestFirst() throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> step(file) >= 0)
          .sorted(Comparator.comparing(CheckpointFolder::step).reversed())
          .toList();
    }
  }

  /** The step that a file is named by; negative if it is not a checkpoint. */
  private static long step(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
