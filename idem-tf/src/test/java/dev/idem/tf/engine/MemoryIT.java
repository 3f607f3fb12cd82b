package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Activation;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Thousands of steps leave the process no larger than it was after warm-up. */
@EnabledOnOs(OS.LINUX)
class MemoryIT {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WARM_UP = 2_000;
  private static final int STEPS = Integer.getInteger("idem.soakSteps", 5_000);

  @Test
  void residentMemoryIsFlatOverThousandsOfSteps() {
    Network network = new DenseNetwork(Activation.TANH, 64, 64, 64, 64);
    float[][] samples = new GaussianSource(network.shape()).heldOut(1, 256);
    List<Long> resident = new ArrayList<>();
    TrainingListener gauge =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView view) {
            view.apply(samples);
            if (stepsDone >= WARM_UP) {
              System.gc();
              resident.add(residentKilobytes());
            }
          }
        };
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(WARM_UP + STEPS)
            .batchSize(64)
            .learningRate(1e-3)
            .evaluateEvery(1_000)
            .build();
    new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1))
        .train(
            TrainingTask.of(
                network,
                TrainingObjective.of(new SubstitutedGradient()),
                new GaussianSource(network.shape()),
                plan),
            gauge)
        .close();
    long first = resident.get(0);
    long last = resident.get(resident.size() - 1);
    assertThat(last).as("kB resident: %s", resident).isLessThan(first + first / 20);
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
