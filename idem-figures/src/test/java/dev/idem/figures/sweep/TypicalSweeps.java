package dev.idem.figures.sweep;

import dev.idem.figures.sweep.SweepResults.Axis;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Sweeps as they come, from a formula: each method has a best rate, and diverges above it. */
final class TypicalSweeps {

  static final String METRIC = "error-over-variance";

  private static final List<String> METHODS =
      List.of("substituted", "canonical", "equal-scale", "reconstruction");

  private TypicalSweeps() {}

  /** 8 rates, 4 weights and 2 methods with 3 seeds each. */
  static SweepResults grid() {
    List<String> rates =
        List.of("0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3");
    List<String> weights = List.of("0.1", "0.3", "1", "3");
    List<String> methods = METHODS.subList(0, 2);
    List<Run> runs = new ArrayList<>();
    for (String method : methods) {
      for (String rate : rates) {
        for (String weight : weights) {
          for (long seed = 1; seed <= 3; seed++) {
            runs.add(run(runs.size(), List.of(method, rate, weight), seed, 3, 64, 1e-4));
          }
        }
      }
    }
    return results(
        "grid.sweep",
        List.of(
            new Axis("objective.strategy", methods, false, false),
            new Axis("plan.learningRate", rates, true, true),
            new Axis("objective.weight", weights, true, true)),
        runs,
        Map.of("design", "grid, 64 configurations", "steps", "2,000", "runner", "2 workers"));
  }

  /** 300 settings of five axes at random, with one seed. */
  static SweepResults random() {
    Random random = new Random(7);
    List<List<String>> settings = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      settings.add(
          List.of(
              METHODS.get(random.nextInt(4)),
              Double.toString(Math.pow(10, -4 + 3.5 * random.nextDouble())),
              Double.toString(Math.pow(10, -2 + 3 * random.nextDouble())),
              Integer.toString(16 << random.nextInt(4)),
              String.format(Locale.ROOT, "%.4f", 0.8 + 0.199 * random.nextDouble())));
    }
    List<Run> runs = new ArrayList<>();
    settings.forEach(
        setting -> {
          int width = Integer.parseInt(setting.get(3));
          double momentum = Double.parseDouble(setting.get(4));
          runs.add(run(runs.size(), setting, 1, 1, width, 1e-4 * (1 + 20 * (1 - momentum))));
        });
    return results(
        "random.sweep",
        List.of(
            axis("objective.strategy", settings, 0, false, false),
            axis("plan.learningRate", settings, 1, true, true),
            axis("objective.weight", settings, 2, true, true),
            axis("network.hidden.width", settings, 3, true, true),
            axis("plan.optimiser.beta1", settings, 4, true, false)),
        runs,
        Map.of("design", "random, 300 configurations", "steps", "500"));
  }

  private static Axis axis(
      String key, List<List<String>> settings, int index, boolean numeric, boolean logarithmic) {
    return new Axis(
        key,
        settings.stream().map(setting -> setting.get(index)).distinct().toList(),
        numeric,
        logarithmic);
  }

  private static Run run(
      int index, List<String> setting, long seed, int seeds, int width, double floor) {
    int method = METHODS.indexOf(setting.get(0));
    double rate = Double.parseDouble(setting.get(1));
    double weight = Double.parseDouble(setting.get(2));
    double best = Math.log10(0.03 / (1 + 3 * method)) - 0.2 * Math.log10(width / 64.0);
    double off = Math.log10(rate) - best;
    double noise = 0.25 * new Random(31L * index + seed).nextGaussian();
    double value =
        floor
            * (1 + method)
            * Math.pow(10, 0.9 * off * off + 0.5 * Math.pow(Math.log10(weight), 2) + noise);
    String id = String.format(Locale.ROOT, "run-%04d", index + 1);
    if (off + 0.3 * noise > 0.95) {
      return new Run(
          id, setting, seed, State.DIVERGED, 140, Map.of(), "error is not finite at step 140");
    }
    if (index % 97 == 50) {
      return new Run(
          id,
          setting,
          seed,
          State.FAILED,
          0,
          Map.of(),
          "worker ended: <exit code 137> & no output");
    }
    boolean collapsed = weight < 0.02 * seeds && noise > 0.3;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(METRIC, collapsed ? Double.POSITIVE_INFINITY : value);
    metrics.put("error", value * 0.9);
    metrics.put("variance", collapsed ? 0 : 0.9);
    return new Run(id, setting, seed, State.FINISHED, 2_000, metrics, "");
  }

  /** Results of any runs, with the metrics of these. */
  static SweepResults results(
      String title, List<Axis> axes, List<Run> runs, Map<String, String> notes) {
    return new SweepResults(
        title,
        "idem sweep run " + title + " --out runs",
        axes,
        METRIC,
        List.of(METRIC, "error", "variance"),
        runs,
        notes);
  }
}
