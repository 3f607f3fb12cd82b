package dev.idem.runs;

import dev.idem.api.data.DataSource;
import dev.idem.api.data.FiniteDataSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identity of a data source. */
final class DataFingerprint {

  private static final Pattern HASH = Pattern.compile("sha256 (\\p{XDigit}{12})\\p{XDigit}+$");
  private static final Pattern SUM = Pattern.compile(", sha256 (\\p{XDigit}{64})$");

  private DataFingerprint() {}

  /**
   * The SHA-256 of every training sample in order, as floats, for finite data sets; the description
   * of a distribution otherwise.
   */
  static String of(DataSource source) {
    if (!(source instanceof FiniteDataSource finite)) {
      return source.description();
    }
    return fingerprint(source, finite.trainingSize(), finite::trainingSample);
  }

  /**
   * The same for samples held out from {@code source}, which determine a run's measurements and all
   * that follows from them.
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
   * The identifying part of a fingerprint: the hash of the samples without their name, since a
   * renamed folder holds the same data; the whole description of a distribution.
   */
  static String sum(String fingerprint) {
    Matcher hash = SUM.matcher(fingerprint);
    return hash.find() ? hash.group(1) : fingerprint;
  }

  /** A fingerprint with its hash shortened for display. */
  static String shortened(String fingerprint) {
    return HASH.matcher(fingerprint).replaceFirst("sha256 $1");
  }
}
