package dev.idem.cli.command;

import dev.idem.api.network.Network;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.IteratorStrategy;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Mlp;
import dev.idem.tf.device.Device;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.TensorFlowEngine;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a step of the substituted method costs against a canonical step. */
@Command(
    name = "bench",
    description = {
      "Time a training step of the substituted method against a canonical step.",
      "MLP 784-512-512-784 on MNIST, batch 256; rounds of both in turn; theory says 5/6."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

  private static final int WARM_UP = 5;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "Rounds, each of both strategies. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "30",
      description = "Timed steps of each strategy in a round. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  BenchCommand() {}

  @Override
  public Integer call() {
    EngineOptions.requirePositive(spec, "--rounds", rounds);
    EngineOptions.requirePositive(spec, "--steps", steps);
    Device device = engineOptions.device(spec);
    int threads = engineOptions.threads(spec);
    TrainingEngine engine = new TensorFlowEngine(new SessionOptions(device, threads));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s%n", engine.description());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double canonical = medianStep(engine, new CanonicalStrategy());
      double substituted = medianStep(engine, new IteratorStrategy());
      ratios.add(substituted / canonical);
      out.printf(
          "round %2d: canonical %.2f ms, substituted %.2f ms, ratio %.3f%n",
          round + 1, canonical, substituted, substituted / canonical);
      out.flush();
    }
    Quartiles quartiles = Quartiles.of(ratios);
    out.printf(
        "ratio substituted / canonical: median %.3f, quartiles %.3f to %.3f, of %d rounds%n",
        quartiles.median(), quartiles.lower(), quartiles.upper(), rounds);
    out.flush();
    return ExitCode.DONE;
  }

  /** The median of the step times in milliseconds; a median shrugs off a busy machine's spikes. */
  private double medianStep(TrainingEngine engine, IdempotencyStrategy strategy) {
    Network network = Mlp.of(784, 512, 512, 784);
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(WARM_UP + steps)
            .batchSize(256)
            .learningRate(1e-6)
            .evaluateEvery(WARM_UP + steps)
            .build();
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            ends.add(System.nanoTime());
          }
        };
    TrainingTask task =
        TrainingTask.of(network, TrainingObjective.of(strategy), Mnist.embedded(), plan);
    engine.train(task, clock).close();
    List<Double> milliseconds = new ArrayList<>();
    for (int i = WARM_UP; i < ends.size(); i++) {
      milliseconds.add((ends.get(i) - ends.get(i - 1)) / 1e6);
    }
    return Quartiles.of(milliseconds).median();
  }
}
