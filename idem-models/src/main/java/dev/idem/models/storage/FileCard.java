package dev.idem.models.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a file.
 *
 * @param bytes its length
 * @param sha256 the SHA-256 of its content, in hexadecimal
 */
public record FileCard(long bytes, String sha256) {

  /** The card of a file that consists of {@code parts}, one after the other. */
  public static FileCard of(byte[]... parts) {
    MessageDigest digest = digest();
    long bytes = 0;
    for (byte[] part : parts) {
      digest.update(part);
      bytes += part.length;
    }
    return of(bytes, digest);
  }

  /**
   * The card of a file, which may be of any size.
   *
   * @throws IOException if it cannot be read
   */
  public static FileCard of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      return of(in.transferTo(OutputStream.nullOutputStream()), digest);
    }
  }

  private static FileCard of(long bytes, MessageDigest digest) {
    return new FileCard(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
