package dev.idem.uses.compression;

/** Images in [-1, 1] as files hold them, and how far they drift. */
final class Stored {

  private static final double HALF_RANGE = 127.5;

  private Stored() {}

  /** The level of a value, 0 for -1 and less to 255 for 1 and more, of two equally near ones 2k. */
  static int level(float value) {
    return (int) Math.rint((Math.max(-1, Math.min(1, value)) + 1.0) * HALF_RANGE);
  }

  /** The value of a level. */
  static float value(int level) {
    return (float) (level / HALF_RANGE - 1);
  }

  /** The images that come back from storage with eight bits a value. */
  static float[][] eightBits(float[][] images) {
    float[][] stored = new float[images.length][images[0].length];
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < images[i].length; j++) {
        stored[i][j] = value(level(images[i][j]));
      }
    }
    return stored;
  }

  /**
   * The mean squared difference of {@code late} to {@code early} over the variance of {@code
   * early}: the mean over pixels of the variance over images. Not-a-number if there is none.
   */
  static double drift(float[][] early, float[][] late) {
    int width = early[0].length;
    double difference = 0;
    double variance = 0;
    for (int j = 0; j < width; j++) {
      double mean = 0;
      for (float[] image : early) {
        mean += image[j];
      }
      mean /= early.length;
      for (int i = 0; i < early.length; i++) {
        variance += (early[i][j] - mean) * (early[i][j] - mean);
        double moved = (double) late[i][j] - early[i][j];
        difference += moved * moved;
      }
    }
    return variance > 0 ? difference / variance : Double.NaN;
  }
}
