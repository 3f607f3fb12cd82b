package dev.idem.models.storage;

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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long bytes = 0;
      for (byte[] part : parts) {
        digest.update(part);
        bytes += part.length;
      }
      return new FileCard(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
