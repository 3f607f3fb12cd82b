package dev.idem.figures.front;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the exact network leads the strategies, by {@link PaperClaims#EXACT_NETWORKS}. */
final class ExactClaim {

  private final List<Standing> standings;

  /**
   * The exact network on a task, beside the best strategy.
   *
   * @param volume its median hypervolume
   * @param best the strategy of the largest median hypervolume
   * @param bestVolume that hypervolume
   * @param lossRatio its median task loss over that of the task alone
   * @param bypassRatio the same of the plain network with the bypass
   */
  private record Standing(
      FrontTask task,
      double volume,
      String best,
      double bestVolume,
      double lossRatio,
      double bypassRatio) {

    static Standing of(TaskFronts front, List<String> strategies) {
      String best = "";
      double most = Double.NEGATIVE_INFINITY;
      for (String strategy : strategies) {
        double volume = median(front.hypervolumes(strategy));
        if (volume > most) {
          most = volume;
          best = strategy;
        }
      }
      return new Standing(
          front.task(),
          median(front.hypervolumes(Methods.EXACT)),
          best,
          most,
          median(front.lossRatios(Methods.EXACT)),
          median(front.lossRatios(Methods.BYPASS)));
    }

    private static double median(double[] values) {
      boolean measured = values.length > 0 && Arrays.stream(values).noneMatch(Double::isNaN);
      return measured ? Quartiles.of(Arrays.stream(values).boxed().toList()).median() : Double.NaN;
    }

    boolean leads() {
      return volume > bestVolume && lossRatio <= TaskFronts.EQUAL_LOSS;
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%s %.3f against %.3f (%s), task loss %.2f times that of the task alone",
          task.title(),
          volume,
          bestVolume,
          best,
          lossRatio);
    }

    String bypassed() {
      return String.format(
          Locale.ROOT, "%s %.2f, exact %.2f", task.title(), bypassRatio, lossRatio);
    }
  }

  /**
   * @param strategies that it is compared with, by name
   */
  ExactClaim(List<TaskFronts> tasks, List<String> strategies) {
    this.standings =
        tasks.stream()
            .filter(front -> front.task().networks().containsKey(Methods.EXACT))
            .map(front -> Standing.of(front, strategies))
            .toList();
  }

  /** By the rule of {@link PaperClaims#EXACT_NETWORKS}. */
  static Verdict verdict(long leading, long tasks) {
    if (leading > 0 && 4 * leading >= 3 * tasks) {
      return Verdict.REPRODUCED;
    }
    return leading > 0 && 2 * leading >= tasks ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
  }

  private long leading() {
    return standings.stream().filter(Standing::leads).count();
  }

  /** Who leads, and what the bypass alone does. */
  List<String> sentences() {
    String measured =
        "Exact networks: 'exact' has the largest hypervolume at equal task loss on %s of %s tasks: %s."
            .formatted(
                leading(),
                standings.size(),
                standings.stream().map(Standing::text).collect(Collectors.joining("; ")));
    String bypass =
        "Task loss of the plain network with the same bypass, in that of the task alone: %s."
            .formatted(
                standings.stream().map(Standing::bypassed).collect(Collectors.joining("; ")));
    return List.of(measured, bypass);
  }

  /** What is found of the claim. */
  Finding finding(String setting) {
    return new Finding(
        PaperClaims.EXACT_NETWORKS,
        setting,
        sentences().get(0),
        verdict(leading(), standings.size()));
  }
}
