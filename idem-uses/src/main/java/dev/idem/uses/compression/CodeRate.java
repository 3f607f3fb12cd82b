package dev.idem.uses.compression;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A factorised model of codes of whole numbers, by which an arithmetic coder would write them: each
 * number of a code by itself, with probabilities (count + 1) / (samples + symbols) from the codes
 * it was fitted to. The symbols are the whole numbers from the least to the largest that occurred,
 * and one more, the escape: after it come a bit for the side and, in Elias's gamma code, how far
 * beyond the range the number lies, 2 floor(log2 d) + 1 bits.
 */
final class CodeRate {

  private static final double LOG_2 = Math.log(2);

  private final List<NavigableMap<Integer, Integer>> counts = new ArrayList<>();
  private final int samples;

  /** Counts the numbers of {@code codes} [m][k], m positive, all whole. */
  CodeRate(float[][] codes) {
    samples = codes.length;
    Require.positive("number of codes", samples);
    for (int j = 0; j < codes[0].length; j++) {
      NavigableMap<Integer, Integer> count = new TreeMap<>();
      for (float[] code : codes) {
        count.merge(Math.round(code[j]), 1, Integer::sum);
      }
      counts.add(count);
    }
  }

  /** The mean number of bits of {@code codes} [m][k]. */
  double bits(float[][] codes) {
    double sum = 0;
    for (float[] code : codes) {
      Require.argument(
          code.length == counts.size(),
          "a code has %s numbers; the model is of %s",
          code.length,
          counts.size());
      for (int j = 0; j < code.length; j++) {
        sum += bits(counts.get(j), Math.round(code[j]));
      }
    }
    return sum / codes.length;
  }

  private double bits(NavigableMap<Integer, Integer> count, int value) {
    int least = count.firstKey();
    int largest = count.lastKey();
    double symbols = (double) largest - least + 2;
    double all = samples + symbols;
    if (least <= value && value <= largest) {
      return log2(all / (count.getOrDefault(value, 0) + 1));
    }
    double beyond = value < least ? (double) least - value : (double) value - largest;
    return log2(all) + 1 + 2 * Math.floor(log2(beyond)) + 1;
  }

  private static double log2(double x) {
    return Math.log(x) / LOG_2;
  }
}
