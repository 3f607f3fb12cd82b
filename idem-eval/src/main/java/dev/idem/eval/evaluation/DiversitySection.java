package dev.idem.eval.evaluation;

import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.distribution.DiversityReport;
import dev.idem.eval.linear.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whether generated samples vary as real ones do. A verdict on f beside its own inputs cannot tell:
 * outputs that are all nearly one image have power, and rank.
 */
final class DiversitySection {

  private static final int PAIRS = 64;

  private DiversitySection() {}

  static void measure(
      EvaluationPlan plan,
      String input,
      float[][] generated,
      List<Entry> entries,
      Map<String, double[]> perSample) {
    EntryMaker make = new EntryMaker(Section.IDEMPOTENCY, input, plan.seed(), perSample);
    int size = Math.min(generated.length, plan.real().length);
    float[][] real = Arrays.copyOf(plan.real(), size);
    int pairs = Math.min(PAIRS, size);
    if (!Rows.finite(generated) || size < 2 || !distinct(real, pairs)) {
      entries.add(
          make.withheld("rank share", 1, "", "needs finite samples, and real ones that differ"));
      return;
    }
    DiversityReport report = Diversity.measure(Arrays.copyOf(generated, size), real, pairs);
    entries.add(make.number("rank share", 1, "", report.rankShare()));
    entries.add(make.number("closest-pair share", 1, "", report.pairShare()));
    entries.add(
        make.word(
            "diversity",
            1,
            report.diverse() ? "diverse" : "collapsed",
            report.diverse()
                ? List.of()
                : List.of(
                    "samples vary less than half as much as real ones: no error judges them")));
  }

  private static boolean distinct(float[][] real, int pairs) {
    return Rows.variance(real) > 0 && Diversity.closestPair(Arrays.copyOf(real, pairs)) > 0;
  }
}
