package dev.idem.eval.evaluation;

import dev.idem.eval.linear.Rows;
import dev.idem.eval.restoration.Restoration;
import dev.idem.eval.restoration.RestorationMetrics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Entries of {@link RestorationMetrics}. */
final class RestorationSection {

  private static final String LOWER = "lower";
  private static final String HIGHER = "higher";

  private RestorationSection() {}

  static void measure(
      EvaluationPlan plan,
      String input,
      List<float[][]> iterates,
      float[][] clean,
      List<Entry> entries,
      Map<String, double[]> perSample) {
    EntryMaker make = new EntryMaker(Section.RESTORATION, input, plan.seed(), perSample);
    List<Restoration> restorations = measured(plan, iterates, clean);
    for (Quantity quantity : quantities(restorations)) {
      for (int k = 0; k < iterates.size(); k++) {
        if (!Rows.finite(iterates.get(k))) {
          entries.add(
              make.withheld(
                  quantity.name, k, quantity.goal, DistributionSection.notFinite(input, k)));
        } else {
          String column = quantity.name + " at k = " + k;
          make.put(column, quantity.values.get(k));
          entries.add(make.ofSamples(quantity.name, k, quantity.goal, column));
        }
      }
    }
  }

  private record Quantity(String name, String goal, List<double[]> values) {}

  /**
   * One for each k. What was computed is handed out; in the place of what is not finite, and so
   * cannot be measured, the degraded samples, whose numbers nobody reads.
   */
  private static List<Restoration> measured(
      EvaluationPlan plan, List<float[][]> iterates, float[][] clean) {
    Iterator<float[][]> further = iterates.subList(1, iterates.size()).iterator();
    return new RestorationMetrics(
            plan.similarity().orElseThrow(), iterates.size() - 1, plan.classifier())
        .measure(
            previous -> {
              float[][] next = further.next();
              return Rows.finite(next) ? next : iterates.get(0);
            },
            iterates.get(0),
            clean);
  }

  private static List<Quantity> quantities(List<Restoration> of) {
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(
        new Quantity(
            "mean squared error", LOWER, of.stream().map(Restoration::meanSquaredError).toList()));
    quantities.add(
        new Quantity(
            "PSNR (dB)", HIGHER, of.stream().map(Restoration::peakSignalToNoise).toList()));
    quantities.add(
        new Quantity("SSIM", HIGHER, of.stream().map(Restoration::structuralSimilarity).toList()));
    List<double[]> kept = new ArrayList<>();
    for (Restoration restoration : of) {
      boolean[] labels = restoration.labelKept();
      if (labels != null) {
        kept.add(numbers(labels));
      }
    }
    if (kept.size() == of.size()) {
      quantities.add(new Quantity("label kept", HIGHER, kept));
    }
    return quantities;
  }

  private static double[] numbers(boolean[] flags) {
    double[] numbers = new double[flags.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = flags[i] ? 1 : 0;
    }
    return numbers;
  }
}
