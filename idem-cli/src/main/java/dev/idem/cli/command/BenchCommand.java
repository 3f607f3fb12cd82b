package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.overhead.OverheadFigure.StepCost;
import dev.idem.models.storage.SafeFiles;
import dev.idem.tf.engine.TensorFlowEngine;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures what a step of the substituted method costs against a canonical step, or what
 * checkpoints cost.
 */
@Command(
    name = "bench",
    description = {
      "Time a training step of the substituted method against a canonical step.",
      "MLP 784-512-512-784 on MNIST, batch 256; rounds alternate; theory predicts 5/6.",
      "With --checkpoints: steps with a checkpoint every 100 steps against steps without, Adam."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

  private static final int STEPS = 30;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "Number of rounds; each times both strategies. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--steps", description = "Timed steps per strategy and round. Default: 30.")
  private @Nullable Integer steps;

  @Option(
      names = "--checkpoints",
      paramLabel = "N",
      description =
          "Number of checkpoints per round. Times N times 100 steps with checkpoints and as many"
              + " without, instead of the two strategies.")
  private @Nullable Integer checkpoints;

  @Mixin private ComputeOptions engineOptions = new ComputeOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    ComputeOptions.requirePositive(spec, "--rounds", rounds);
    if (steps != null && checkpoints != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--steps (%s) does not apply to --checkpoints, which sets the number of steps"
              .formatted(steps));
    }
    int timed = steps == null ? STEPS : steps;
    ComputeOptions.requirePositive(spec, "--steps", timed);
    TrainingEngine engine = engineOptions.open(TensorFlowEngine::new, spec);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s%n", engine.description());
    if (checkpoints != null) {
      ComputeOptions.requirePositive(spec, "--checkpoints", checkpoints);
      timeCheckpoints(engine, checkpoints, out);
    } else {
      timeStrategies(engine, timed, out);
    }
    return ExitCode.DONE;
  }

  private void timeStrategies(TrainingEngine engine, int timed, PrintWriter out) {
    List<StepCost> costs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      StepCost cost = StepCost.measure(engine, timed);
      costs.add(cost);
      out.printf(
          Locale.ROOT,
          "round %2d: canonical %.2f ms, substituted %.2f ms, ratio %.3f%n",
          round + 1,
          cost.canonical(),
          cost.substituted(),
          cost.ratio());
      out.flush();
    }
    Quartiles quartiles = StepCost.ratios(costs);
    out.printf(
        Locale.ROOT,
        "ratio substituted / canonical: median %.3f, quartiles %.3f to %.3f, of %d rounds%n",
        quartiles.median(),
        quartiles.lower(),
        quartiles.upper(),
        rounds);
    out.flush();
  }

  private void timeCheckpoints(TrainingEngine engine, int each, PrintWriter out)
      throws IOException {
    Path folder = SafeFiles.newTemporaryFolder("idem-bench");
    try {
      List<CheckpointCost> costs = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        CheckpointCost cost = CheckpointCost.measure(engine, each, folder, round % 2 == 1);
        costs.add(cost);
        out.printf(
            Locale.ROOT,
            "round %2d: without %.2f ms, with %.2f ms, ratio %.4f; a checkpoint blocks the"
                + " training thread for %.1f ms%n",
            round + 1,
            cost.plain(),
            cost.saved(),
            cost.ratio(),
            cost.waited());
        out.flush();
      }
      Quartiles quartiles = CheckpointCost.ratios(costs);
      Quartiles waits = Quartiles.of(costs.stream().map(CheckpointCost::waited).toList());
      out.printf(
          Locale.ROOT,
          "ratio with / without a checkpoint every 100 steps: median %.4f, quartiles %.4f to %.4f,"
              + " of %d rounds%n",
          quartiles.median(),
          quartiles.lower(),
          quartiles.upper(),
          rounds);
      out.printf(
          Locale.ROOT,
          "training thread blocked per checkpoint: median %.1f ms, quartiles %.1f to %.1f%n",
          waits.median(),
          waits.lower(),
          waits.upper());
      out.flush();
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
