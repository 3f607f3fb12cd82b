package dev.idem.eval.evaluation;

import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.eval.metrics.RestorationMetrics.Restoration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Entries of {@link RestorationMetrics}. */
final class RestorationSection {

  private final List<float[][]> iterates;
  private final List<Restoration> restorations;
  private final EntryMaker make;

  private RestorationSection(
      List<float[][]> iterates, List<Restoration> restorations, EntryMaker make) {
    this.iterates = iterates;
    this.restorations = restorations;
    this.make = make;
  }

  static void measure(
      EvaluationPlan plan, List<float[][]> iterates, float[][] clean, EntryMaker make) {
    new RestorationSection(iterates, measured(plan, iterates, clean), make).addAll();
  }

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

  private void addAll() {
    add("mean squared error", EntryMaker.LOWER, Restoration::meanSquaredError);
    add("PSNR (dB)", EntryMaker.HIGHER, Restoration::peakSignalToNoise);
    add("SSIM", EntryMaker.HIGHER, Restoration::structuralSimilarity);
    if (restorations.stream().allMatch(restoration -> restoration.labelKept() != null)) {
      add("label kept", EntryMaker.HIGHER, r -> numbers(Objects.requireNonNull(r.labelKept())));
    }
  }

  private void add(String quantity, String goal, Function<Restoration, double[]> values) {
    for (int k = 0; k < iterates.size(); k++) {
      if (Rows.finite(iterates.get(k))) {
        String column = quantity + " at k = " + k;
        make.put(column, values.apply(restorations.get(k)));
        make.ofSamples(quantity, k, goal, column);
      } else {
        make.withheld(quantity, k, goal, EntryMaker.notFinite(make.input(), k));
      }
    }
  }

  private static double[] numbers(boolean[] flags) {
    return IntStream.range(0, flags.length).mapToDouble(i -> flags[i] ? 1 : 0).toArray();
  }
}
