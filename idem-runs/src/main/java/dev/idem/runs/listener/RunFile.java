package dev.idem.runs.listener;

import dev.idem.api.check.Require;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A file that grows with a run and, when the run goes on from a checkpoint, is first cut to the
 * length it had then: what an interrupted run wrote beyond its checkpoint is written again. What is
 * left must be what the run wrote, by its length and its CRC-32, which no wrong byte and no wrong
 * run of up to four bytes escapes.
 */
public final class RunFile implements AutoCloseable {

  private static final String LENGTH = "length";
  private static final String CHECKSUM = "crc32";
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final CRC32 checksum = new CRC32();

  private RunFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The file, made if it is not there; what is there stays until {@link #clear} or a restore. */
  public static RunFile open(Path path) throws IOException {
    return new RunFile(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Removes everything: a run begins. */
  public void clear() {
    checksum.reset();
    try {
      cut(0);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void cut(long length) throws IOException {
    buffer.clear();
    channel.truncate(length);
    channel.position(length);
  }

  /** Adds bytes; they may stay in memory until the buffer is full or the run is saved. */
  public void append(byte[] bytes) {
    checksum.update(bytes);
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
      return Map.of(
          LENGTH, new double[] {channel.position()}, CHECKSUM, new double[] {checksum.getValue()});
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Cuts the file to what it was.
   *
   * @throws IllegalArgumentException if it is shorter than it was, or holds something else; it is
   *     then left as it is
   */
  public void restore(Map<String, double[]> saved) {
    long length = (long) number(saved, LENGTH);
    try {
      Require.argument(
          channel.size() >= length,
          "%s has %s bytes of the %s that the run had written to it; put the file back",
          path,
          channel.size(),
          length);
      readChecksum(length);
      Require.argument(
          checksum.getValue() == (long) number(saved, CHECKSUM),
          "%s does not hold what the run had written to it (its CRC-32 differs); put the file back",
          path);
      cut(length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static double number(Map<String, double[]> saved, String name) {
    double[] values = Require.known(saved.get(name), "value", name, saved.keySet());
    Require.argument(values.length == 1, "%s has %s values, not 1", name, values.length);
    return values[0];
  }

  /** Of the first {@code length} bytes, which are there. */
  private void readChecksum(long length) throws IOException {
    checksum.reset();
    channel.position(0);
    long left = length;
    while (left > 0) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      int count = channel.read(buffer);
      if (count < 0) {
        throw new EOFException("it ends %d bytes early".formatted(left));
      }
      left -= count;
      checksum.update(buffer.flip());
    }
    buffer.clear();
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "%s could not be read or written: %s".formatted(path, e.getMessage()), e);
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
