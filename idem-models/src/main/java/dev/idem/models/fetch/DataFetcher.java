package dev.idem.models.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Downloads data sets into a cache. Files that are already present and intact are left alone; of
 * two processes that fetch the same set, the second waits and then finds it in the cache.
 */
public final class DataFetcher {

  private final DataCache cache;
  private final Timeouts timeouts;

  /** A fetcher into {@code cache} that gives up on servers after {@code timeouts}. */
  public DataFetcher(DataCache cache, Timeouts timeouts) {
    this.cache = cache;
    this.timeouts = timeouts;
  }

  /**
   * Fetches a set, each file from the first mirror that provides it.
   *
   * @throws FetchException if no mirror provides a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, FetchListener listener) throws IOException {
    List<Source> mirrors = new ArrayList<>();
    for (URI mirror : set.mirrors()) {
      mirrors.add(new HttpSource(file -> mirror.resolve(file.name()), timeouts));
    }
    fetch(set, set.files(), mirrors, listener);
  }

  /**
   * Fetches a set, or one file of it, from another place, with the same checks.
   *
   * @throws FetchException if it does not provide a file, or the cache cannot be written
   * @throws IOException if the disk fails
   */
  public void fetch(DataSet set, Origin origin, FetchListener listener) throws IOException {
    fetch(set, origin.files(), List.of(origin.source(timeouts)), listener);
  }

  private void fetch(
      DataSet set, List<PinnedFile> files, List<Source> sources, FetchListener listener)
      throws IOException {
    Path folder = opened(cache.folder(set));
    FolderLock lock = locked(folder, listener);
    try {
      for (PinnedFile file : files) {
        if (file.problem(folder.resolve(file.name())).isEmpty()) {
          listener.present(file);
        } else {
          fetch(set, file, sources, listener);
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

  private static FolderLock locked(Path folder, FetchListener listener) throws IOException {
    try {
      return FolderLock.of(folder, listener::waiting);
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

  private void fetch(DataSet set, PinnedFile file, List<Source> sources, FetchListener listener)
      throws IOException {
    Path target = cache.path(set, file);
    Path part = target.resolveSibling(file.name() + ".part");
    List<String> reasons = new ArrayList<>();
    for (Source source : sources) {
      String place = source.place(file);
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

  private static void bring(PinnedFile file, Source source, Path part, FetchListener listener)
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

  private static Optional<String> brought(
      PinnedFile file, Source source, Path part, FetchListener listener) throws IOException {
    source.bring(file, part, total -> listener.received(file, total));
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
}
