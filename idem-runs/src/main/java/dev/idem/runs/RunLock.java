package dev.idem.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a run folder to one process: an operating-system lock on the file {@code lock}, which
 * also says who holds it. The system releases the lock of a process that died, so that the folder
 * can be taken over; the dead owner's entry is reported.
 */
public final class RunLock implements AutoCloseable {

  private static final String NAME = "lock";
  private static final int MOST = 1_000;

  private final FileChannel channel;
  private final FileLock lock;
  private final String previous;
  private String left = "";

  private RunLock(FileChannel channel, FileLock lock, String previous) {
    this.channel = channel;
    this.lock = lock;
    this.previous = previous;
  }

  /**
   * Acquires the lock of an existing folder.
   *
   * @param kind of folder, in messages: {@code run folder}
   * @throws IOException if the file cannot be written; if another process, or another run of this
   *     one, holds the lock, saying who
   */
  public static RunLock take(String kind, Path folder, InstantSource clock) throws IOException {
    FileChannel channel = opened(kind, folder.resolve(NAME));
    try {
      FileLock lock = tried(channel);
      String owner = owner(channel);
      if (lock == null) {
        throw new IOException(
            "%s (%s) is in use by %s; wait for it to end, or name another folder"
                .formatted(kind, folder, owner.isEmpty() ? "an unknown process" : owner));
      }
      String now =
          "process %s of %s, since %s"
              .formatted(
                  ProcessHandle.current().pid(), System.getProperty("user.name"), clock.instant());
      try {
        write(channel, now);
        channel.force(true);
      } catch (IOException e) {
        throw notWritten(kind, folder, e);
      }
      return new RunLock(channel, lock, owner);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Whether a process holds the lock of a folder. Not for a process that may hold it itself: on
   * Linux, that one would release it.
   */
  static boolean isHeld(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(NAME))) {
      return false;
    }
    try (FileChannel channel = opened("run folder", folder.resolve(NAME))) {
      FileLock lock = tried(channel);
      return lock == null;
    }
  }

  private static FileChannel opened(String kind, Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw notWritten(kind, file.getParent(), e);
    }
  }

  private static IOException notWritten(String kind, @Nullable Path folder, IOException why) {
    return new IOException(
        "%s (%s) cannot be written to (%s); fix that, or copy it elsewhere"
            .formatted(kind, folder, why.getMessage()),
        why);
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String owner) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Who held the lock and died without releasing it, if anyone did. */
  public Optional<String> tookOverFrom() {
    return Optional.of(previous).filter(owner -> !owner.isEmpty());
  }

  /**
   * Restores the file's earlier content on closing, for a process that did nothing with the folder
   * and so took nothing over. A file that did not exist before stays, empty: if it were removed,
   * one process could hold the removed file's lock and another that of its successor.
   */
  void leaveAsFound() {
    left = previous;
  }

  /** Releases the lock; the next owner does not take it over from anyone. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      write(channel, left);
      lock.release();
      channel.close();
    }
  }
}
