package dev.idem.eval.evaluation;

import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Entries of {@link IdempotencyMetrics} and of {@link Diversity}. */
final class IdempotencySection {

  private static final double TOLERANCE = 0.01;
  private static final String LOWER = EntryMaker.LOWER;
  private static final int PAIRS = 64;

  private IdempotencySection() {}

  static void measure(List<float[][]> iterates, EntryMaker make) {
    IdempotencyReport report = replayed(iterates);
    if (report.measurement().finite()) {
      float[][] x = iterates.get(0);
      float[][] y = iterates.get(1);
      make.put("error", meanSquares(iterates.get(2), y));
      make.put("power", meanSquares(y, new float[y.length][y[0].length]));
      make.put("distance", meanSquares(y, x));
      make.put("input power", meanSquares(x, new float[x.length][x[0].length]));
      make.ofSamples("idempotency error", 1, LOWER, "error");
      make.ofSamples("relative error", 1, LOWER, "error", "power");
      make.ofSamples("power", 1, "", "power");
      make.ofSamples("identity distance", 1, "", "distance", "input power");
      make.number("error over variance", 1, LOWER, report.errorOverVariance());
      make.number(
          "variance share", 1, "", report.variance() / report.measurement().inputVariance());
    } else {
      make.number("idempotency error", 1, LOWER, report.error());
      make.number("relative error", 1, LOWER, report.relativeError());
      make.number("power", 1, "", report.power());
      make.number("identity distance", 1, "", report.identityDistance());
    }
    make.number("effective rank", 1, "", report.effectiveRank());
    make.number("input effective rank", 1, "", report.inputEffectiveRank());
    CollapseThresholds thresholds = CollapseThresholds.defaults();
    CollapseVerdict verdict = thresholds.judge(report);
    String word = verdict.name().toLowerCase(Locale.ROOT);
    make.word(
        "verdict",
        1,
        word,
        verdict == CollapseVerdict.HEALTHY
            ? List.of()
            : List.of(
                "a low error means nothing where the map is not healthy",
                word + ": " + thresholds.describe(verdict)));
  }

  /** The metrics ask for f one application after the other; what was computed is handed out. */
  private static IdempotencyReport replayed(List<float[][]> iterates) {
    Iterator<float[][]> further = iterates.subList(2, iterates.size()).iterator();
    return new IdempotencyMetrics(iterates.size() - 1, TOLERANCE)
        .measure(first -> iterates.get(1), then -> further.next(), iterates.get(0));
  }

  /** ||a_i - b_i||^2 / n of each sample. */
  private static double[] meanSquares(float[][] a, float[][] b) {
    double[] means = new double[a.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = Rows.squaredDifference(a[i], b[i]) / a[i].length;
    }
    return means;
  }

  /**
   * Whether generated samples vary as real ones do. A verdict on f beside its own inputs cannot
   * tell: outputs that are all nearly one image have power, and rank.
   */
  static void diversity(EvaluationPlan plan, float[][] generated, EntryMaker make) {
    int size = Math.min(generated.length, plan.real().length);
    float[][] real = Arrays.copyOf(plan.real(), size);
    int pairs = Math.min(PAIRS, size);
    if (!Rows.finite(generated) || size < 2 || !distinct(real, pairs)) {
      make.withheld("rank share", 1, "", "needs finite samples, and real ones that differ");
      return;
    }
    Diversity diversity = Diversity.measure(Arrays.copyOf(generated, size), real, pairs);
    make.number("rank share", 1, "", diversity.rankShare());
    make.number("closest-pair share", 1, "", diversity.pairShare());
    make.word(
        "diversity",
        1,
        diversity.diverse() ? "diverse" : "collapsed",
        diversity.diverse()
            ? List.of()
            : List.of("samples vary less than half as much as real ones: no error judges them"));
  }

  private static boolean distinct(float[][] real, int pairs) {
    return Rows.variance(real) > 0 && Diversity.closestPair(Arrays.copyOf(real, pairs)) > 0;
  }
}
