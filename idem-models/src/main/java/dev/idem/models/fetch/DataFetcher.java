package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import dev.idem.models.fetch.DataSet.PinnedFile;
import dev.idem.models.fetch.Origin.Source;
import dev.idem.models.fetch.Origin.SourceFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

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
    this.http = new HttpDownload(timeouts);
  }

  /**
   * Fetches a set, each file from the first mirror that provides it.
   *
   * @throws FetchException if no mirror provides a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, Listener listener) throws IOException {
    fetch(
        set,
        set.files(),
        file ->
            set.mirrors().stream()
                .map(mirror -> new Origin.Address(mirror.resolve(file.name())))
                .toList(),
        listener);
  }

  /**
   * Fetches a set, or one file of it, from another place, with the same checks.
   *
   * @throws FetchException if it does not provide a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, Origin origin, Listener listener) throws IOException {
    fetch(set, origin.files(), file -> List.of(origin.source(file)), listener);
  }

  private void fetch(
      DataSet set,
      List<PinnedFile> files,
      Function<PinnedFile, List<? extends Source>> sources,
      Listener listener)
      throws IOException {
    Path folder = opened(cache.folder(set));
    Closeable lock = locked(folder, listener);
    try {
      for (PinnedFile file : files) {
        if (file.problem(folder.resolve(file.name())).isEmpty()) {
          listener.present(file);
        } else {
          fetch(set, file, sources.apply(file), listener);
        }
      }
    } finally {
      lock.close();
    }
  }

  private static Path opened(Path folder) throws FetchException {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      for (Path path = folder; path != null; path = path.getParent()) {
        if (Files.isRegularFile(path)) {
          throw new FetchException(
              "the cache (%s) cannot be made: %s is a file; remove it, or set %s to a folder"
                  .formatted(folder, path, DataCache.VARIABLE),
              e);
        }
      }
      throw unwritable(folder, e);
    }
  }

  private static Closeable locked(Path folder, Listener listener) throws IOException {
    try {
      return DataCache.lock(folder, listener::waiting);
    } catch (FileSystemException e) {
      throw unwritable(folder, e);
    }
  }

  private static FetchException unwritable(Path folder, IOException cause) {
    return new FetchException(
        "the cache (%s) cannot be written to; set %s to a folder that can"
            .formatted(folder, DataCache.VARIABLE),
        cause);
  }

  private void fetch(
      DataSet set, PinnedFile file, List<? extends Source> sources, Listener listener)
      throws IOException {
    Path target = cache.path(set, file);
    Path part = target.resolveSibling(file.name() + ".part");
    List<String> reasons = new ArrayList<>();
    for (Source source : sources) {
      String place = source.place();
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
    throw new FetchException(failure(set, file, reasons, part));
  }

  private void bring(PinnedFile file, Source source, Path part, Listener listener)
      throws IOException {
    boolean begun = Files.exists(part);
    Optional<String> problem = brought(file, source, part, listener);
    if (problem.isPresent() && begun) {
      // The beginning may have been another's, so this source gets a chance of its own.
      problem = brought(file, source, part, listener);
    }
    if (problem.isPresent()) {
      throw new SourceFailure("what it sends " + problem.get());
    }
  }

  private Optional<String> brought(PinnedFile file, Source source, Path part, Listener listener)
      throws IOException {
    source.bring(file, part, total -> listener.received(file, total), http);
    Optional<String> problem = file.problem(part);
    if (problem.isPresent()) {
      Files.delete(part);
    }
    return problem;
  }

  private static String failure(DataSet set, PinnedFile file, List<String> reasons, Path part)
      throws IOException {
    String what = "%s of %s could not be fetched".formatted(file.name(), set.name());
    if (reasons.isEmpty()) {
      return what + ": it has no mirror; name a source by --from";
    }
    String remedy =
        Files.exists(part)
            ? String.format(Locale.ROOT, "run it again to continue from byte %,d", Files.size(part))
            : "name another source by --from";
    return "%s: %s%n%s".formatted(what, String.join("; ", reasons), remedy);
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
   * @param connect until there is a connection
   * @param read until the answer begins, and between any two pieces of it
   */
  public record Timeouts(Duration connect, Duration read) {

    /** Checks that both are positive. */
    public Timeouts {
      Require.argument(isPositive(connect), "connect (%s) must be positive", connect);
      Require.argument(isPositive(read), "read (%s) must be positive", read);
    }

    /** 15 seconds to connect, 30 to read. */
    public static Timeouts usual() {
      return new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }
  }

  /** A file could not be fetched; the message says why and what to do. */
  public static final class FetchException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    FetchException(String message) {
      super(message);
    }

    FetchException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
