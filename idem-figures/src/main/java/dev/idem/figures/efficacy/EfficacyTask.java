package dev.idem.figures.efficacy;

import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.figures.ContributedMethods.Trial;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Networks;
import java.util.List;
import java.util.function.Supplier;

/**
 * An architecture, its data and how it is trained in {@link EfficacyFigure}.
 *
 * @param name of its files
 * @param starts three initialisations
 * @param smokeStart the index of the one that smoke trains from
 * @param data opens the training data
 * @param optimizer of every method
 * @param rates the grid of learning rates, of every method
 * @param fewRates those of the grid that quick tries: all where steps are cheap
 * @param equalRate the rate of the grid that methods are shown at
 * @param batch samples per step
 * @param seeds by preset
 * @param steps by preset
 */
record EfficacyTask(
    String name,
    List<Start> starts,
    int smokeStart,
    Supplier<DataSource> data,
    Optimizer optimizer,
    List<Double> rates,
    List<Double> fewRates,
    double equalRate,
    int batch,
    Counts seeds,
    Counts steps) {

  /**
   * One way to draw the weights.
   *
   * @param label in figures and tables
   * @param network with weights drawn that way
   */
  record Start(String label, Network network) {}

  /** A number for each preset. */
  record Counts(int smoke, int quick, int paper) {
    int of(Preset preset) {
      return preset.choose(smoke, quick, paper);
    }
  }

  /** Leaves eigenvalues near 0 and 1, and some near the separatrix. */
  private static final double NEAR_NOISE = 0.5;

  private static final List<Double> LINEAR_RATES = List.of(0.1, 0.3, 1.0, 3.0, 10.0, 30.0);
  private static final List<Double> SGD_RATES = List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);
  private static final List<Double> ADAM_RATES = List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2);
  private static final List<Double> CNN_RATES = List.of(3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2);

  private static final List<Double> FEW_ADAM_RATES = List.of(1e-3, 1e-2, 3e-2);
  private static final List<Double> FEW_CNN_RATES = List.of(1e-4, 3e-4, 1e-3);

  /** The five architectures. */
  static List<EfficacyTask> all() {
    return List.of(
        onNormal(
            "linear-16",
            linearStarts(16),
            0,
            16,
            new Optimizer.Sgd(),
            LINEAR_RATES,
            LINEAR_RATES,
            1),
        onNormal(
            "linear-64",
            linearStarts(64),
            2,
            64,
            new Optimizer.Sgd(),
            LINEAR_RATES,
            LINEAR_RATES,
            1),
        onNormal("mlp", starts("mlp"), 1, 16, new Optimizer.Sgd(), SGD_RATES, SGD_RATES, 0.1),
        onNormal(
            "deep-mlp",
            starts("deep-mlp"),
            0,
            16,
            new Optimizer.Adam(),
            ADAM_RATES,
            FEW_ADAM_RATES,
            1e-3),
        new EfficacyTask(
            "cnn-mnist",
            starts("cnn"),
            2,
            Mnist::embedded,
            new Optimizer.Adam(),
            CNN_RATES,
            FEW_CNN_RATES,
            1e-3,
            16,
            new Counts(1, 3, 10),
            new Counts(2, 60, 5_000)));
  }

  private static EfficacyTask onNormal(
      String name,
      List<Start> starts,
      int smokeStart,
      int width,
      Optimizer optimizer,
      List<Double> rates,
      List<Double> fewRates,
      double equalRate) {
    Counts seeds = new Counts(1, 3, 10);
    Counts steps = new Counts(2, 200, 10_000);
    return new EfficacyTask(
        name,
        starts,
        smokeStart,
        () -> new Gaussian(width),
        optimizer,
        rates,
        fewRates,
        equalRate,
        128,
        seeds,
        steps);
  }

  private static List<Start> linearStarts(int width) {
    String name = "linear-" + width;
    Initializer near = Initializers.nearIdempotent(width / 2, NEAR_NOISE);
    return List.of(
        new Start("fan-in", Networks.named(name)),
        new Start("unit gain", Networks.named(name + Networks.UNIT_GAIN)),
        new Start("near idempotent", new LinearMap(width, near)));
  }

  private static List<Start> starts(String network) {
    return List.of(
        new Start("fan-in", Networks.named(network)),
        new Start("fan-in, zero bias", Networks.named(network + Networks.ZERO_BIAS)),
        new Start("unit gain", Networks.named(network + Networks.UNIT_GAIN)));
  }

  /** One step of the first start at the equal rate. */
  Trial trial() {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(1)
            .batchSize(batch)
            .optimizer(optimizer)
            .learningRate(equalRate)
            .build();
    return new Trial(
        name,
        strategy ->
            TrainingTask.of(
                starts.get(0).network(), TrainingObjective.of(strategy), data.get(), plan));
  }

  /** The starts for a preset: smoke trains from one, not the same for every task. */
  List<Start> starts(Preset preset) {
    return preset.choose(List.of(starts.get(smokeStart)), starts, starts);
  }

  /** The grid for a preset: smoke tries the equal rate and nothing else. */
  List<Double> rates(Preset preset) {
    return preset.choose(List.of(equalRate), fewRates, rates);
  }
}
