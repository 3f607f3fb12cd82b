package dev.idem.uses;

/** Values in [-1, 1] as files of eight bits hold them: level / 127.5 - 1. */
public final class EightBits {

  private static final double HALF_RANGE = 127.5;

  private EightBits() {}

  /**
   * The level of a value, 0 for -1 and less to 255 for 1 and more; of two as near, the even one.
   */
  public static int level(float value) {
    return (int) Math.rint((Math.max(-1, Math.min(1, value)) + 1.0) * HALF_RANGE);
  }

  /** The value of a level. */
  public static float value(int level) {
    return (float) (level / HALF_RANGE - 1);
  }

  /** The images that come back from storage with eight bits a value. */
  public static float[][] stored(float[][] images) {
    float[][] stored = new float[images.length][images[0].length];
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < images[i].length; j++) {
        stored[i][j] = value(level(images[i][j]));
      }
    }
    return stored;
  }
}
