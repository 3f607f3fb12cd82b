package dev.idem.api.data;

import org.jspecify.annotations.Nullable;

/**
 * Validated samples of a source: of the requested number and width, and finite. They are copies,
 * which a source that reuses one array cannot change.
 */
public final class CheckedSamples {

  private CheckedSamples() {}

  /**
   * {@link DataSource#batch}.
   *
   * @throws IllegalArgumentException naming the source, if it gave something else
   */
  public static float[][] batch(DataSource source, long seed, long step, int size) {
    return checked(source, source.batch(seed, step, size), size);
  }

  /**
   * {@link DataSource#heldOut}.
   *
   * @throws IllegalArgumentException naming the source, if it gave something else
   */
  public static float[][] heldOut(DataSource source, long seed, int size) {
    return checked(source, source.heldOut(seed, size), size);
  }

  private static float[][] checked(DataSource source, float[] @Nullable [] samples, int size) {
    if (samples == null || samples.length != size) {
      throw refused(source, samples == null ? "null" : samples.length + " samples", size);
    }
    int width = source.shape().size();
    float[][] copies = new float[size][];
    for (int i = 0; i < size; i++) {
      float[] sample = samples[i];
      if (sample == null || sample.length != width) {
        throw refused(
            source, "a sample of " + (sample == null ? "null" : sample.length + " numbers"), size);
      }
      for (float value : sample) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "data source (%s) gave a sample that holds %s; samples must be finite"
                  .formatted(source.description(), value));
        }
      }
      copies[i] = sample.clone();
    }
    return copies;
  }

  private static IllegalArgumentException refused(DataSource source, String given, int size) {
    return new IllegalArgumentException(
        "data source (%s) gave %s; expected %s samples of %s values each"
            .formatted(source.description(), given, size, source.shape().size()));
  }
}
