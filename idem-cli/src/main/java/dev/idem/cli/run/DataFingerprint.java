package dev.idem.cli.run;

import dev.idem.api.data.DataSource;
import dev.idem.api.data.FiniteDataSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells a data source from any other. */
final class DataFingerprint {

  private DataFingerprint() {}

  /**
   * The SHA-256 of every training sample in order, as floats, for data of a finite number; what a
   * distribution says of itself otherwise.
   */
  static String of(DataSource source) {
    if (!(source instanceof FiniteDataSource finite)) {
      return source.description();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(source.shape().size() * Float.BYTES);
      for (int i = 0; i < finite.trainingSize(); i++) {
        bytes.clear();
        bytes.asFloatBuffer().put(finite.trainingSample(i));
        digest.update(bytes.array());
      }
      return "%s, sha256 %s"
          .formatted(source.description(), HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
