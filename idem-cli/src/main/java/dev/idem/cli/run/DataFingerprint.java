package dev.idem.cli.run;

import dev.idem.api.data.DataSource;
import dev.idem.api.data.FiniteDataSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tells a data source from any other. */
final class DataFingerprint {

  private static final Pattern HASH = Pattern.compile("sha256 (\\p{XDigit}{12})\\p{XDigit}+$");
  private static final Pattern SUM = Pattern.compile(", sha256 (\\p{XDigit}{64})$");

  private DataFingerprint() {}

  /**
   * The SHA-256 of every training sample in order, as floats, for data of a finite number; what a
   * distribution says of itself otherwise.
   */
  static String of(DataSource source) {
    if (!(source instanceof FiniteDataSource finite)) {
      return source.description();
    }
    return fingerprint(source, finite.trainingSize(), finite::trainingSample);
  }

  /**
   * The same of samples that were held out from {@code source}: a run's measurements, and what
   * follows from them, are determined by these.
   */
  static String ofHeldOut(DataSource source, float[][] rows) {
    return source instanceof FiniteDataSource
        ? fingerprint(source, rows.length, i -> rows[i])
        : source.description();
  }

  private static String fingerprint(DataSource source, int count, IntFunction<float[]> sample) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(source.shape().size() * Float.BYTES);
      for (int i = 0; i < count; i++) {
        bytes.clear();
        bytes.asFloatBuffer().put(sample.apply(i));
        digest.update(bytes.array());
      }
      return "%s, sha256 %s"
          .formatted(source.description(), HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * What of a fingerprint tells data apart: the hash of samples, whatever these are called, since a
   * folder that was renamed holds the same; all of what a distribution says of itself.
   */
  static String sum(String fingerprint) {
    Matcher hash = SUM.matcher(fingerprint);
    return hash.find() ? hash.group(1) : fingerprint;
  }

  /** A fingerprint with no more of its hash than tells two apart by eye. */
  static String shortened(String fingerprint) {
    return HASH.matcher(fingerprint).replaceFirst("sha256 $1");
  }
}
