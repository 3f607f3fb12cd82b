package dev.idem.models.fetch;

import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where the files of a data set can be found: for each an {@code http}, https or file address. */
final class Sources {

  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  private Sources() {}

  /** The mirrors of a set. */
  static Map<PinnedFile, List<URI>> mirrors(DataSet set) {
    return each(
        set, file -> set.mirrors().stream().map(mirror -> mirror.resolve(file.name())).toList());
  }

  private static Map<PinnedFile, List<URI>> each(
      DataSet set, Function<PinnedFile, List<URI>> sources) {
    Map<PinnedFile, List<URI>> each = new LinkedHashMap<>();
    set.files().forEach(file -> each.put(file, sources.apply(file)));
    return each;
  }

  /**
   * The sources that {@code text} names:
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
  static Map<PinnedFile, List<URI>> named(String text, DataSet set) throws IOException {
    return ADDRESS.matcher(text).matches() ? address(text, set) : path(text, set);
  }

  private static Map<PinnedFile, List<URI>> address(String text, DataSet set) {
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
      return Map.of(named.get(), List.of(address));
    }
    if (address.getQuery() != null) {
      throw new IllegalArgumentException(
          "%s has a query, and its path does not end in the name of a file of %s"
              .formatted(text, set.name()));
    }
    URI folder = URI.create(text.endsWith("/") ? text : text + "/");
    return each(set, file -> List.of(folder.resolve(file.name())));
  }

  private static Map<PinnedFile, List<URI>> path(String text, DataSet set) throws IOException {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("%s: %s".formatted(text, e.getReason()), e);
    }
    if (!text.isBlank() && Files.isDirectory(path)) {
      return each(set, file -> List.of(path.resolve(file.name()).toUri()));
    }
    if (text.isBlank() || !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("'%s' does not exist".formatted(text));
    }
    for (PinnedFile file : set.files()) {
      if (file.problem(path).isEmpty()) {
        return Map.of(file, List.of(path.toUri()));
      }
    }
    Optional<PinnedFile> named = set.file(String.valueOf(path.getFileName()));
    String why =
        named.isEmpty()
            ? "by its length and SHA-256"
            : "it " + named.get().problem(path).orElse("changed while it was read");
    throw new IllegalArgumentException(
        "%s is not one of the files of %s: %s".formatted(path, set.name(), why));
  }
}
