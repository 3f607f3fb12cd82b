package dev.idem.models.fetch;

import dev.idem.models.fetch.DataSet.PinnedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** A source other than the mirrors: a local file or folder, or an address. */
public final class Origin {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  private final List<PinnedFile> files;
  private final Function<PinnedFile, Source> sources;

  private Origin(List<PinnedFile> files, Function<PinnedFile, Source> sources) {
    this.files = files;
    this.sources = sources;
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
    if (!HttpDownload.isHttp(address)) {
      throw new IllegalArgumentException(
          "%s must be a file, a folder, or an http or https address".formatted(text));
    }
    String last = address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
    Optional<PinnedFile> named = set.file(last);
    if (named.isPresent()) {
      return new Origin(List.of(named.get()), file -> new Address(address));
    }
    if (address.getQuery() != null) {
      throw new IllegalArgumentException(
          "%s has a query, and its path does not end in the name of a file of %s"
              .formatted(text, set.name()));
    }
    URI folder = URI.create(text.endsWith("/") ? text : text + "/");
    return new Origin(set.files(), file -> new Address(folder.resolve(file.name())));
  }

  private static Origin path(String text, DataSet set) throws IOException {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("%s: %s".formatted(text, e.getReason()), e);
    }
    if (!text.isBlank() && Files.isDirectory(path)) {
      return new Origin(set.files(), file -> new LocalFile(path.resolve(file.name())));
    }
    if (text.isBlank() || !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("'%s' does not exist".formatted(text));
    }
    return new Origin(List.of(recognised(path, set)), file -> new LocalFile(path));
  }

  private static PinnedFile recognised(Path path, DataSet set) throws IOException {
    for (PinnedFile file : set.files()) {
      if (file.problem(path).isEmpty()) {
        return file;
      }
    }
    Optional<PinnedFile> named = set.file(String.valueOf(path.getFileName()));
    String why = "by its length and SHA-256";
    if (named.isPresent()) {
      why = "it " + named.get().problem(path).orElse("changed while it was read");
    }
    throw new IllegalArgumentException(
        "%s is not one of the files of %s: %s".formatted(path, set.name(), why));
  }

  /** The files that this source provides. */
  List<PinnedFile> files() {
    return files;
  }

  /** Where this source has a file. */
  Source source(PinnedFile file) {
    return sources.apply(file);
  }

  /** The location of one file. */
  sealed interface Source {

    /** The location, for messages. */
    String place();

    /**
     * Fetches the file to {@code part}, which may hold its beginning already. The result is not yet
     * verified.
     *
     * @param received receives the length of {@code part} as it grows
     * @throws SourceFailure if this source does not provide the file; {@code part} may then hold
     *     the beginning of it
     * @throws IOException if {@code part} cannot be written
     */
    void bring(PinnedFile file, Path part, LongConsumer received, HttpDownload http)
        throws IOException;
  }

  /** A file on a server. */
  record Address(URI address) implements Source {
    @Override
    public String place() {
      return address.toString();
    }

    @Override
    public void bring(PinnedFile file, Path part, LongConsumer received, HttpDownload http)
        throws IOException {
      http.bring(address, file, part, received);
    }
  }

  private record LocalFile(Path path) implements Source {
    @Override
    public String place() {
      return path.toString();
    }

    @Override
    public void bring(PinnedFile file, Path part, LongConsumer received, HttpDownload http)
        throws IOException {
      Optional<String> problem;
      try {
        problem = file.problem(path);
      } catch (IOException e) {
        throw new SourceFailure("cannot be read: " + e.getMessage(), e);
      }
      if (problem.isPresent()) {
        throw new SourceFailure(problem.get());
      }
      // By way of a stream: a copy of the file would be as read-only as the original may be.
      try (InputStream in = Files.newInputStream(path)) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      }
      received.accept(file.bytes());
    }
  }

  /** A source does not provide a file. The message says why, and does not name the source. */
  static final class SourceFailure extends IOException {

    @Serial private static final long serialVersionUID = 1;

    SourceFailure(String reason) {
      super(reason);
    }

    SourceFailure(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
