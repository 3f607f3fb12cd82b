package dev.idem.runs.listener;

import dev.idem.api.check.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file that grows with a run and, when the run goes on from a checkpoint, is first cut to the
 * length it had then: what an interrupted run wrote beyond its checkpoint is written again.
 */
public final class RunFile implements AutoCloseable {

  private static final String LENGTH = "length";
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  private RunFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The file, made if it is not there; what is there stays until {@link #clear} or a restore. */
  public static RunFile open(Path path) throws IOException {
    return new RunFile(
        path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Removes everything: a run begins. */
  public void clear() {
    cut(0);
  }

  private void cut(long length) {
    buffer.clear();
    try {
      Require.argument(
          channel.size() >= length,
          "%s has %s bytes; the checkpoint was taken when it had %s",
          path,
          channel.size(),
          length);
      channel.truncate(length);
      channel.position(length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds bytes; they may stay in memory until the buffer is full or the run is saved. */
  public void append(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      int count = Math.min(buffer.remaining(), bytes.length - from);
      buffer.put(bytes, from, count);
      from += count;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  /** Writes what is in memory. */
  public void flush() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      buffer.clear();
    }
  }

  /** What a listener saves of it. */
  public Map<String, double[]> save() {
    flush();
    try {
      return Map.of(LENGTH, new double[] {channel.position()});
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Cuts the file to what it was.
   *
   * @throws IllegalArgumentException if it is shorter than it was
   */
  public void restore(Map<String, double[]> saved) {
    double[] length = Require.known(saved.get(LENGTH), "value", LENGTH, saved.keySet());
    cut((long) length[0]);
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "%s could not be written: %s".formatted(path, e.getMessage()), e);
  }

  @Override
  public void close() {
    try (channel) {
      flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
