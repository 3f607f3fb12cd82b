package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import dev.idem.models.fetch.HttpDownload.SourceFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads data sets into a cache. Files that are already present and intact are left alone; of
 * two processes that fetch the same set, the second waits and then finds it in the cache.
 */
public final class DataFetcher {

  private final DataCache cache;
  private final HttpDownload http;

  /** A fetcher into {@code cache} that gives up on servers after {@code timeouts}. */
  public DataFetcher(DataCache cache, Timeouts timeouts) {
    this.cache = cache;
    this.http = new HttpDownload(timeouts.connect(), timeouts.read());
  }

  /**
   * Fetches a set, each file from the first mirror that provides it.
   *
   * @throws FetchException if no mirror provides a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, Listener listener) throws IOException {
    fetch(set, Sources.mirrors(set), listener);
  }

  /**
   * Fetches a set, or one file of it, from another place, with the same checks.
   *
   * @param from a folder, a file whatever its name, or the http or https address of either
   * @throws IllegalArgumentException if it is none of these, or does not exist
   * @throws FetchException if it does not provide a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, String from, Listener listener) throws IOException {
    fetch(set, Sources.named(from, set), listener);
  }

  private void fetch(DataSet set, Map<PinnedFile, List<URI>> sources, Listener listener)
      throws IOException {
    Path folder = created(cache.folder(set));
    Closeable lock;
    try {
      lock = DataCache.lock(folder, listener::waiting);
    } catch (FileSystemException e) {
      throw unwritable(folder, e);
    }
    try {
      for (Map.Entry<PinnedFile, List<URI>> entry : sources.entrySet()) {
        PinnedFile file = entry.getKey();
        if (file.problem(folder.resolve(file.name())).isEmpty()) {
          listener.present(file);
        } else {
          fetch(set, file, entry.getValue(), listener);
        }
      }
    } finally {
      lock.close();
    }
  }

  private static Path created(Path folder) throws FetchException {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      for (Path path = folder; path != null; path = path.getParent()) {
        if (Files.isRegularFile(path)) {
          throw new FetchException(
              "the cache (%s) cannot be created: %s is a file; remove it, or set %s to a folder"
                  .formatted(folder, path, DataCache.VARIABLE),
              e);
        }
      }
      throw unwritable(folder, e);
    }
  }

  private static FetchException unwritable(Path folder, IOException cause) {
    return new FetchException(
        "the cache (%s) cannot be written to; set %s to a folder that can"
            .formatted(folder, DataCache.VARIABLE),
        cause);
  }

  private void fetch(DataSet set, PinnedFile file, List<URI> sources, Listener listener)
      throws IOException {
    Path target = cache.path(set, file);
    Path part = target.resolveSibling(file.name() + ".part");
    List<String> reasons = new ArrayList<>();
    for (URI source : sources) {
      String place = isFile(source) ? Path.of(source).toString() : source.toString();
      listener.asked(file, place);
      try {
        bring(file, source, part, listener);
        Files.move(
            part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        listener.stored(file);
        return;
      } catch (SourceFailure e) {
        reasons.add(place + ": " + e.getMessage());
        listener.failed(file, place, String.valueOf(e.getMessage()));
      }
    }
    String what = "%s of %s could not be fetched: ".formatted(file.name(), set.name());
    if (reasons.isEmpty()) {
      throw new FetchException(what + "it has no mirror; name a source by --from", null);
    }
    String remedy =
        Files.exists(part)
            ? String.format(Locale.ROOT, "run it again to continue from byte %,d", Files.size(part))
            : "name another source by --from";
    throw new FetchException("%s%s%n%s".formatted(what, String.join("; ", reasons), remedy), null);
  }

  /** Brings the published file to {@code part}; what is something else is deleted. */
  private void bring(PinnedFile file, URI source, Path part, Listener listener) throws IOException {
    boolean begun = Files.exists(part);
    while (true) {
      if (isFile(source)) {
        copy(Path.of(source), file, part);
        listener.received(file, file.bytes());
      } else {
        http.bring(source, file, part, total -> listener.received(file, total));
      }
      Optional<String> problem = file.problem(part);
      if (problem.isEmpty()) {
        return;
      }
      Files.delete(part);
      if (!begun) {
        throw new SourceFailure("what it sends " + problem.get());
      }
      // The beginning may have been another's, so this source gets a chance of its own.
      begun = false;
    }
  }

  private static boolean isFile(URI source) {
    return "file".equals(source.getScheme());
  }

  private static void copy(Path source, PinnedFile file, Path part) throws IOException {
    Optional<String> problem;
    try {
      problem = file.problem(source);
    } catch (IOException e) {
      throw new SourceFailure("cannot be read: " + e.getMessage(), e);
    }
    if (problem.isPresent()) {
      throw new SourceFailure(problem.get());
    }
    // By way of a stream: a copy of the file would be as read-only as the original may be.
    try (InputStream in = Files.newInputStream(source)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Receives the progress of a fetch, on the fetching thread. */
  public interface Listener {

    /** Another process, or thread, fetches the same set; this one waits until it has finished. */
    default void waiting() {}

    /** A file is in the cache, intact; nothing was done. */
    default void present(PinnedFile file) {}

    /** A file is requested from a source. */
    default void asked(PinnedFile file, String source) {}

    /**
     * Bytes of the requested file have arrived.
     *
     * @param total of the file so far; starts above zero where a partial file is continued, and
     *     falls back to zero where the download restarts
     */
    default void received(PinnedFile file, long total) {}

    /** A source did not provide the file; the next one is tried, if there is one. */
    default void failed(PinnedFile file, String source, String reason) {}

    /** The file is in the cache, checked. */
    default void stored(PinnedFile file) {}
  }

  /**
   * The time limits for a server's response.
   *
   * @param connect until there is a connection, from 1 ms to 24 days
   * @param read until the answer begins, and between any two pieces of it, from 1 ms to 24 days
   */
  public record Timeouts(Duration connect, Duration read) {

    private static final Duration LEAST = Duration.ofMillis(1);

    /** Connections count milliseconds in 31 bits. */
    private static final Duration MOST = Duration.ofDays(24);

    /** Checks that connections can keep both. */
    public Timeouts {
      require("connect", connect);
      require("read", read);
    }

    private static void require(String name, Duration timeout) {
      Require.argument(
          timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0,
          "%s (%s) must be from 1 ms to 24 days",
          name,
          timeout);
    }

    /** 15 seconds to connect, 30 to read. */
    public static Timeouts usual() {
      return new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
  }

  /** A file could not be fetched; the message says why and what to do. */
  public static final class FetchException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    FetchException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
