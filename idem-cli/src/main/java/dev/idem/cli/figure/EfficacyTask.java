package dev.idem.cli.figure;

import dev.idem.api.training.Optimizer;
import dev.idem.eval.figure.Preset;
import java.util.List;

/**
 * An architecture, its data and how it is trained in {@link EfficacyFigure}.
 *
 * @param name of its files
 * @param network by name; also from its unit-gain start
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

  private static final List<Double> SGD_RATES = List.of(0.1, 0.3, 1.0, 3.0, 10.0);
  private static final List<Double> ADAM_RATES = List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2);

  /** The five architectures. */
  static List<EfficacyTask> all() {
    return List.of(
        onNormal("linear-16", "normal-16", new Optimizer.Sgd(), SGD_RATES, 1),
        onNormal("linear-64", "normal-64", new Optimizer.Sgd(), SGD_RATES, 1),
        onNormal("mlp", "normal-16", new Optimizer.Sgd(), SGD_RATES, 0.1),
        onNormal("deep-mlp", "normal-16", new Optimizer.Adam(), ADAM_RATES, 1e-3),
        new EfficacyTask(
            "cnn-mnist",
            "cnn",
            "mnist",
            new Optimizer.Adam(),
            ADAM_RATES,
            1e-3,
            32,
            new Counts(1, 3, 10),
            new Counts(6, 200, 5_000)));
  }

  private static EfficacyTask onNormal(
      String network, String data, Optimizer optimizer, List<Double> rates, double equalRate) {
    Counts seeds = new Counts(1, 7, 10);
    Counts steps = new Counts(20, 1_000, 10_000);
    return new EfficacyTask(network, network, data, optimizer, rates, equalRate, 128, seeds, steps);
  }

  /** The grid for a preset: smoke tries the equal rate and nothing else. */
  List<Double> rates(Preset preset) {
    return preset == Preset.SMOKE ? List.of(equalRate) : rates;
  }
}
