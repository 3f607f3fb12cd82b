package dev.idem.cli.figure;

import dev.idem.api.training.Optimizer;
import dev.idem.eval.figure.Preset;
import dev.idem.models.ModelsModule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An architecture, its data and how it is trained in {@link EfficacyFigure}.
 *
 * @param name of its files
 * @param network by name, from its PyTorch start
 * @param starts by label: what ends the network's name
 * @param data by name
 * @param optimizer of both methods
 * @param rates the grid of learning rates, of both methods
 * @param equalRate the rate of the grid that both methods are shown at
 * @param batch samples a step
 * @param seeds by preset
 * @param steps by preset
 */
record EfficacyTask(
    String name,
    String network,
    Map<String, String> starts,
    String data,
    Optimizer optimizer,
    List<Double> rates,
    double equalRate,
    int batch,
    Counts seeds,
    Counts steps) {

  /** A number for each preset. */
  record Counts(int smoke, int quick, int paper) {
    int of(Preset preset) {
      return preset.choose(smoke, quick, paper);
    }
  }

  private static final Map<String, String> LINEAR_STARTS =
      ordered("fan-in", "", "unit gain", ModelsModule.UNIT_GAIN);
  private static final Map<String, String> STARTS =
      ordered(
          "fan-in",
          "",
          "fan-in, zero bias",
          ModelsModule.ZERO_BIAS,
          "unit gain",
          ModelsModule.UNIT_GAIN);
  private static final List<Double> LINEAR_RATES = List.of(0.1, 0.3, 1.0, 3.0, 10.0, 30.0);
  private static final List<Double> SGD_RATES = List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);
  private static final List<Double> ADAM_RATES = List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2);
  private static final List<Double> CNN_RATES = List.of(3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2);

  /** The five architectures. */
  static List<EfficacyTask> all() {
    return List.of(
        onNormal("linear-16", LINEAR_STARTS, "normal-16", new Optimizer.Sgd(), LINEAR_RATES, 1),
        onNormal("linear-64", LINEAR_STARTS, "normal-64", new Optimizer.Sgd(), LINEAR_RATES, 1),
        onNormal("mlp", STARTS, "normal-16", new Optimizer.Sgd(), SGD_RATES, 0.1),
        onNormal("deep-mlp", STARTS, "normal-16", new Optimizer.Adam(), ADAM_RATES, 1e-3),
        new EfficacyTask(
            "cnn-mnist",
            "cnn",
            STARTS,
            "mnist",
            new Optimizer.Adam(),
            CNN_RATES,
            1e-3,
            32,
            new Counts(1, 3, 10),
            new Counts(6, 150, 5_000)));
  }

  private static EfficacyTask onNormal(
      String network,
      Map<String, String> starts,
      String data,
      Optimizer optimizer,
      List<Double> rates,
      double equalRate) {
    Counts seeds = new Counts(1, 5, 10);
    Counts steps = new Counts(20, 1_000, 10_000);
    return new EfficacyTask(
        network, network, starts, data, optimizer, rates, equalRate, 128, seeds, steps);
  }

  private static Map<String, String> ordered(String... labelsAndEndings) {
    Map<String, String> starts = new LinkedHashMap<>();
    for (int i = 0; i < labelsAndEndings.length; i += 2) {
      starts.put(labelsAndEndings[i], labelsAndEndings[i + 1]);
    }
    return Collections.unmodifiableMap(starts);
  }

  /** The grid for a preset: smoke tries the equal rate and nothing else. */
  List<Double> rates(Preset preset) {
    return preset == Preset.SMOKE ? List.of(equalRate) : rates;
  }
}
