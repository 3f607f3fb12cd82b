package dev.idem.models.fetch;

import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The cache of fetched data sets, with a folder of its name for each.
 *
 * @param root the folder of these folders; need not exist
 */
public record DataCache(Path root) {

  static final String VARIABLE = "IDEM_DATA_HOME";
  private static final String XDG_CACHES = "XDG_CACHE_HOME";
  private static final long LOCK_PAUSE_MILLIS = 50;

  /**
   * The cache that the environment names: {@code IDEM_DATA_HOME}, else {@code
   * $XDG_CACHE_HOME/idem}, else {@code .cache/idem} in the home folder. It is a cache and not data:
   * everything in it can be fetched again, and backups may omit it.
   *
   * @param environment the variables; an empty one counts as not set, and by the XDG specification
   *     so does a relative {@code XDG_CACHE_HOME}
   * @throws IllegalArgumentException if a variable is not a path
   */
  public static DataCache of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return new DataCache(path(VARIABLE, named));
    }
    Path caches = path(XDG_CACHES, environment.getOrDefault(XDG_CACHES, ""));
    return new DataCache((caches.isAbsolute() ? caches : home.resolve(".cache")).resolve("idem"));
  }

  private static Path path(String variable, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s (%s) is not a path here: %s; name another folder"
              .formatted(variable, value, e.getReason()),
          e);
    }
  }

  /** The folder of a set; need not exist. */
  public Path folder(DataSet set) {
    return root.resolve(set.name());
  }

  /** The path of a file of a set once it has been fetched. */
  public Path path(DataSet set, PinnedFile file) {
    return folder(set).resolve(file.name());
  }

  /**
   * The number of files of a set that are there with their length. Hashes are not computed: a file
   * was whole when it got its name, {@link PinnedFile#problem} tells whether it still is.
   *
   * @throws IOException if the length of a file cannot be read
   */
  public int count(DataSet set) throws IOException {
    int count = 0;
    for (PinnedFile file : set.files()) {
      Path path = path(set, file);
      if (Files.isRegularFile(path) && Files.size(path) == file.bytes()) {
        count++;
      }
    }
    return count;
  }

  /**
   * The folder of a set all of whose files are there, see {@link #count}.
   *
   * @throws NoSuchFileException if some are not; the message tells how to fetch them
   * @throws IOException if the length of a file cannot be read
   */
  public Path fetched(DataSet set) throws IOException {
    int count = count(set);
    if (count < set.files().size()) {
      String found =
          count == 0
              ? "is not in the cache"
              : "is in the cache with %s of its %s files".formatted(count, set.files().size());
      throw new NoSuchFileException(
          "%s %s (%s); run 'idem data fetch %s'".formatted(set.name(), found, root, set.name()));
    }
    return folder(set);
  }

  /**
   * The right to write into a folder, held until closed by one thread of one process at a time. The
   * system takes it back from a process that dies. The file {@code .lock} stays: to delete it would
   * let a third process lock another file of that name.
   *
   * @param waiting is run once if somebody else holds it, before waiting for that
   */
  static Closeable lock(Path folder, Runnable waiting) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!tryLock(channel)) {
        waiting.run();
        do {
          Thread.sleep(LOCK_PAUSE_MILLIS);
        } while (!tryLock(channel));
      }
      return channel;
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
