package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;

/** Features that do not vary. */
final class ConstantFeatures {

  private ConstantFeatures() {}

  /**
   * What to know of constant features; empty if there are none.
   *
   * @throws IllegalArgumentException if all features of the real samples are constant
   */
  static List<String> notes(float[][] real, float[][] generated) {
    List<Integer> constant = of(real);
    int width = real[0].length;
    Require.argument(
        constant.size() < width,
        "all %s features of the real samples are constant; take real samples that differ",
        width);
    List<String> notes = new ArrayList<>();
    if (!constant.isEmpty()) {
      notes.add(
          String.format(
              "%s of %s features are constant over the real samples, the first is feature"
                  + " %s; they say nothing about how real samples vary",
              constant.size(), width, constant.get(0)));
    }
    if (of(generated).size() == width) {
      notes.add("all generated samples are equal: the generator has collapsed onto one");
    }
    return notes;
  }

  private static List<Integer> of(float[][] rows) {
    List<Integer> constant = new ArrayList<>();
    for (int j = 0; j < rows[0].length; j++) {
      boolean varies = false;
      for (int i = 1; i < rows.length && !varies; i++) {
        varies = rows[i][j] != rows[0][j];
      }
      if (!varies) {
        constant.add(j);
      }
    }
    return constant;
  }
}
