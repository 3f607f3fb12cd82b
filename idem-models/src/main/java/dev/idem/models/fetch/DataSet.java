package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A published data set: its files and where they can be downloaded.
 *
 * @param name on the command line and in the cache, such as {@code fashion-mnist}
 * @param title for people, such as {@code Fashion-MNIST}
 * @param files of which it consists, at least one
 * @param mirrors folders that hold all the files, in the order they are tried: {@code https} or
 *     {@code http}, ending in {@code /}
 */
public record DataSet(String name, String title, List<PinnedFile> files, List<URI> mirrors) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /** Checks the components. */
  public DataSet {
    Require.argument(
        NAME.matcher(name).matches(),
        "name ('%s') must be of lower-case letters, digits and '-'",
        name);
    Require.notBlank("title", title);
    files = List.copyOf(files);
    mirrors = List.copyOf(mirrors);
    Require.argument(!files.isEmpty(), "files of %s must not be empty", name);
    Require.argument(
        files.stream().map(PinnedFile::name).distinct().count() == files.size(),
        "files of %s must have different names",
        name);
    for (URI mirror : mirrors) {
      Require.argument(
          Redirects.isHttp(mirror) && mirror.getPath().endsWith("/"),
          "mirror (%s) must be an http or https address that ends in /",
          mirror);
    }
  }

  /** The file of that name, if it is one of them. */
  public Optional<PinnedFile> file(String fileName) {
    return files.stream().filter(file -> file.name().equals(fileName)).findFirst();
  }

  /** The length of all files together, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(PinnedFile::bytes).sum();
  }
}
