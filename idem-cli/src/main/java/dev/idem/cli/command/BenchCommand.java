package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.figure.StepCost;
import dev.idem.eval.comparison.Quartiles;
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
    List<StepCost> costs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      StepCost cost = StepCost.measure(engine, steps);
      costs.add(cost);
      out.printf(
          "round %2d: canonical %.2f ms, substituted %.2f ms, ratio %.3f%n",
          round + 1, cost.canonical(), cost.substituted(), cost.ratio());
      out.flush();
    }
    Quartiles quartiles = StepCost.ratios(costs);
    out.printf(
        "ratio substituted / canonical: median %.3f, quartiles %.3f to %.3f, of %d rounds%n",
        quartiles.median(), quartiles.lower(), quartiles.upper(), rounds);
    out.flush();
    return ExitCode.DONE;
  }
}
