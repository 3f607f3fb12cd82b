package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
          HttpDownload.isHttp(mirror) && mirror.getPath().endsWith("/"),
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

  /**
   * A published file whose content is known beforehand.
   *
   * @param name of the file, without a folder
   * @param bytes its length, positive
   * @param sha256 the SHA-256 of its content, 64 hexadecimal digits in lower case
   */
  public record PinnedFile(String name, long bytes, String sha256) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks the components. */
    public PinnedFile {
      Require.argument(
          NAME.matcher(name).matches(),
          "name ('%s') must be of letters, digits, '.', '_' and '-', and start with one of the"
              + " first two",
          name);
      Require.positive("bytes", bytes);
      Require.argument(
          SHA256.matcher(sha256).matches(),
          "sha256 ('%s') must be 64 hexadecimal digits in lower case",
          sha256);
    }

    /**
     * The problem with a copy of this file: none, or that it is missing, has another length or
     * another hash. A file of another length is not read.
     *
     * @throws IOException if it exists and cannot be read
     */
    public Optional<String> problem(Path copy) throws IOException {
      if (Files.notExists(copy)) {
        return Optional.of("is missing");
      }
      if (!Files.isRegularFile(copy)) {
        return Optional.of("is not a file");
      }
      long length = Files.size(copy);
      if (length != bytes) {
        return Optional.of(String.format(Locale.ROOT, "has %,d bytes, not %,d", length, bytes));
      }
      String found = FileCard.of(copy).sha256();
      return found.equals(sha256)
          ? Optional.empty()
          : Optional.of("has the SHA-256 %s..., not %s...".formatted(head(found), head(sha256)));
    }

    private static String head(String hash) {
      return hash.substring(0, 12);
    }
  }
}
