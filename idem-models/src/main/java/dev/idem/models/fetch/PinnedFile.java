package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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
  private static final int BUFFER = 1 << 16;

  /** Checks the components. */
  public PinnedFile {
    Require.argument(
        NAME.matcher(name).matches(),
        "name ('%s') must be of letters, digits, '.', '_' and '-', and start with one of the first"
            + " two",
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
    String found = hash(copy);
    return found.equals(sha256)
        ? Optional.empty()
        : Optional.of("has the SHA-256 %s..., not %s...".formatted(head(found), head(sha256)));
  }

  private static String head(String hash) {
    return hash.substring(0, 12);
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
