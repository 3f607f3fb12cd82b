package dev.idem.cli.command;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.tf.device.Device;
import dev.idem.tf.device.Devices;
import dev.idem.tf.device.GpuDiagnosis;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what TensorFlow can compute on here. */
@Command(
    name = "devices",
    description =
        "Tell TensorFlow's version, the devices it computes on, and what is missing for a GPU.",
    mixinStandardHelpOptions = true)
public final class DevicesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  DevicesCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Devices devices = new Devices(Runtime.getRuntime().availableProcessors());
    out.printf("TensorFlow %s, native build %s%n", TensorFlow.version(), Devices.nativeBuild());
    for (Device device : devices.available()) {
      out.printf("  --device %s%n", device);
    }
    devices
        .whyNoGpu()
        .ifPresent(
            reason -> {
              out.printf("No GPU: %s.%nWhat TensorFlow 2.18 needs for one:%n", reason);
              new GpuDiagnosis()
                  .parts()
                  .forEach(
                      part ->
                          out.printf(
                              "  %s  %s: %s%n",
                              part.there() ? "ok     " : "missing", part.wanted(), part.told()));
            });
    out.flush();
    return ExitCode.DONE;
  }
}
