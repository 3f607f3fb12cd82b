package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingTask;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows with a run. When the run resumes from a checkpoint, the file is first truncated
 * to the length it had at that checkpoint; what an interrupted run wrote after it is written again.
 * The remainder must be what the run wrote, by its length and its CRC-32, which detects any wrong
 * byte and any wrong sequence of up to four bytes.
 *
 * <p>Nothing is created, truncated or written before {@link #started} or {@link #resumed}: a run
 * that is refused leaves its files unchanged.
 */
class RunFile implements StatefulListener, AutoCloseable {

  private static final String LENGTH = "length";
  private static final String CHECKSUM = "crc32";
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Path path;
  private @Nullable FileChannel channel;
  private OutputStream out = OutputStream.nullOutputStream();
  private final CRC32 checksum = new CRC32();
  private long restored;
  private boolean begun;

  /** A file, which need not exist yet, of the listener of that name. */
  RunFile(String name, Path path) throws IOException {
    this.name = name;
    this.path = path;
    if (Files.exists(path)) {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** Empties the file, or creates it and its folder. */
  @Override
  public void started(TrainingTask task) {
    checksum.reset();
    try {
      if (channel == null) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        channel =
            FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    truncate(0);
  }

  /** Truncates the file to its last restored length. */
  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    truncate(restored);
  }

  private void truncate(long length) {
    begun = true;
    try {
      FileChannel there = opened().truncate(length).position(length);
      out = new BufferedOutputStream(Channels.newOutputStream(there), BUFFER);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FileChannel opened() {
    FileChannel there = channel;
    if (there == null || !begun) {
      throw new IllegalStateException(path + " was neither started nor resumed");
    }
    return there;
  }

  final void appendLine(String line) {
    append((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Appends bytes, which may stay in memory until the buffer is full or the run is saved. */
  final void append(byte[] bytes) {
    opened();
    checksum.update(bytes);
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  final void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void finished(long stepsDone, String reason) {
    flush();
  }

  @Override
  public Map<String, double[]> save() {
    flush();
    try {
      // Not Map.of, whose order is another in each process, and so the checkpoint's bytes.
      Map<String, double[]> saved = new LinkedHashMap<>();
      saved.put(LENGTH, new double[] {opened().position()});
      saved.put(CHECKSUM, new double[] {checksum.getValue()});
      return saved;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Checks that the file begins with what the run had written to it, without changing it; to be
   * followed by {@link #resumed} or another attempt.
   *
   * @throws IllegalArgumentException if it is missing or shorter, or has other content
   */
  @Override
  public void restore(Map<String, double[]> saved) {
    long length = (long) number(saved, LENGTH);
    FileChannel there = channel;
    if (there == null) {
      throw new IllegalArgumentException("%s is missing; put the file back".formatted(path));
    }
    try {
      Require.argument(
          there.size() >= length,
          "%s has %s bytes of the %s that the run had written to it; put the file back",
          path,
          there.size(),
          length);
      readChecksum(there, length);
      Require.argument(
          checksum.getValue() == (long) number(saved, CHECKSUM),
          "%s does not hold what the run had written to it (its CRC-32 differs); put the file back",
          path);
      restored = length;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Refuses a restored file whose first line is not {@code header}: rows with other columns must
   * not be appended to it. Changes nothing.
   */
  final void requireHeader(String header) {
    FileChannel there = channel;
    if (there == null) {
      throw new IllegalStateException(path + " was not restored");
    }
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(BUFFER, restored));
    try {
      there.read(start, 0);
    } catch (IOException e) {
      throw failed(e);
    }
    String text = new String(start.array(), 0, start.position(), StandardCharsets.UTF_8);
    String found = text.lines().findFirst().orElse("");
    Require.argument(
        found.equals(header),
        "%s has the columns '%s', the run would write '%s'; undo the change of the experiment or the plug-in, or begin again in another folder",
        path,
        found,
        header);
  }

  private static double number(Map<String, double[]> saved, String name) {
    double[] values = Require.known(saved.get(name), "value", name, saved.keySet());
    Require.argument(values.length == 1, "%s has %s values, not 1", name, values.length);
    return values[0];
  }

  /** Of the first {@code length} bytes, which are there. */
  private void readChecksum(FileChannel there, long length) throws IOException {
    checksum.reset();
    ByteBuffer part = ByteBuffer.allocate(BUFFER);
    long read = 0;
    while (read < length) {
      part.clear().limit((int) Math.min(BUFFER, length - read));
      int count = there.read(part, read);
      if (count < 0) {
        throw new EOFException("it is %s bytes too short".formatted(length - read));
      }
      read += count;
      checksum.update(part.flip());
    }
  }

  private UncheckedIOException failed(IOException e) {
    // What is in the buffer is lost, and does not fail again on closing.
    out = OutputStream.nullOutputStream();
    return new UncheckedIOException(
        "%s could not be read or written: %s".formatted(path, e.getMessage()), e);
  }

  @Override
  public void close() {
    try (FileChannel there = channel) {
      if (there != null) {
        flush();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
