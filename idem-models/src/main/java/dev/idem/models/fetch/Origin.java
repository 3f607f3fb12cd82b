package dev.idem.models.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A source other than the mirrors: a local file or folder, or an address. */
public final class Origin {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  private final List<PinnedFile> files;
  private final Function<Timeouts, Source> source;

  private Origin(List<PinnedFile> files, Function<Timeouts, Source> source) {
    this.files = files;
    this.source = source;
  }

  /**
   * The source that {@code text} names:
   *
   * <ul>
   *   <li>{@code https://...} or {@code http://...} that ends in the name of one of the files: that
   *       file; else the folder of all of them;
   *   <li>a folder: all of its files;
   *   <li>a file: the file of the set that has the same content, whatever its name.
   * </ul>
   *
   * @throws IllegalArgumentException if it is none of these, or does not exist; the message says
   *     why
   * @throws IOException if a file exists and cannot be read
   */
  public static Origin named(String text, DataSet set) throws IOException {
    return SCHEME.matcher(text).matches() ? address(text, set) : path(text, set);
  }

  private static Origin address(String text, DataSet set) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "%s is not an address: %s".formatted(text, e.getReason()), e);
    }
    if (!Redirects.isHttp(address)) {
      throw new IllegalArgumentException(
          "%s must be a file, a folder, or an http or https address".formatted(text));
    }
    String last = address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
    return set.file(last)
        .map(file -> new Origin(List.of(file), timeouts -> new HttpSource(f -> address, timeouts)))
        .orElseGet(
            () -> {
              if (address.getQuery() != null) {
                throw new IllegalArgumentException(
                    "%s has a query, and its path does not end in the name of a file of %s"
                        .formatted(text, set.name()));
              }
              URI folder = URI.create(text.endsWith("/") ? text : text + "/");
              return new Origin(
                  set.files(),
                  timeouts -> new HttpSource(file -> folder.resolve(file.name()), timeouts));
            });
  }

  private static Origin path(String text, DataSet set) throws IOException {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("%s: %s".formatted(text, e.getReason()), e);
    }
    if (!text.isBlank() && Files.isDirectory(path)) {
      return new Origin(
          set.files(), timeouts -> new LocalSource(file -> path.resolve(file.name())));
    }
    if (text.isBlank() || !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("'%s' does not exist".formatted(text));
    }
    return new Origin(List.of(recognised(path, set)), timeouts -> new LocalSource(f -> path));
  }

  private static PinnedFile recognised(Path path, DataSet set) throws IOException {
    for (PinnedFile file : set.files()) {
      if (file.problem(path).isEmpty()) {
        return file;
      }
    }
    String name = String.valueOf(path.getFileName());
    String why = "by its length and SHA-256";
    if (set.file(name).isPresent()) {
      why = "it " + set.file(name).get().problem(path).orElse("changed while it was read");
    }
    throw new IllegalArgumentException(
        "%s is not one of the files of %s: %s".formatted(path, set.name(), why));
  }

  /** The files that this source provides. */
  List<PinnedFile> files() {
    return files;
  }

  Source source(Timeouts timeouts) {
    return source.apply(timeouts);
  }
}
