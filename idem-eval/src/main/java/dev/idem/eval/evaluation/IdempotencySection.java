package dev.idem.eval.evaluation;

import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Entries of {@link IdempotencyMetrics}. */
final class IdempotencySection {

  private static final double TOLERANCE = 0.01;
  private static final String LOWER = "lower";

  private IdempotencySection() {}

  static void measure(
      EvaluationPlan plan,
      String input,
      List<float[][]> iterates,
      List<Entry> entries,
      Map<String, double[]> perSample) {
    IdempotencyReport report = replayed(iterates);
    CollapseVerdict verdict = CollapseThresholds.defaults().judge(report);
    EntryMaker make = new EntryMaker(Section.IDEMPOTENCY, input, plan.seed(), perSample);
    boolean finite = report.measurement().finite();
    if (finite) {
      float[][] x = iterates.get(0);
      float[][] y = iterates.get(1);
      make.put("error", meanSquares(iterates.get(2), y));
      make.put("power", meanSquares(y, new float[y.length][y[0].length]));
      make.put("distance", meanSquares(y, x));
      make.put("input power", meanSquares(x, new float[x.length][x[0].length]));
      entries.add(make.ofSamples("idempotency error", 1, LOWER, "error"));
      entries.add(make.ofSamples("relative error", 1, LOWER, "error", "power"));
      entries.add(make.ofSamples("power", 1, "", "power"));
      entries.add(make.ofSamples("identity distance", 1, "", "distance", "input power"));
    } else {
      entries.add(make.number("idempotency error", 1, LOWER, report.error()));
      entries.add(make.number("relative error", 1, LOWER, report.relativeError()));
      entries.add(make.number("power", 1, "", report.power()));
      entries.add(make.number("identity distance", 1, "", report.identityDistance()));
    }
    if (finite) {
      entries.add(make.number("error over variance", 1, LOWER, report.error() / report.variance()));
      entries.add(
          make.number(
              "variance share", 1, "", report.variance() / report.measurement().inputVariance()));
    }
    entries.add(make.number("effective rank", 1, "", report.effectiveRank()));
    entries.add(make.number("input effective rank", 1, "", report.inputEffectiveRank()));
    entries.add(
        make.word(
            "verdict",
            1,
            verdict.name().toLowerCase(Locale.ROOT),
            verdict == CollapseVerdict.HEALTHY
                ? List.of()
                : List.of("a low error means nothing where the map is not healthy")));
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
}
