package dev.idem.cli.command;

import dev.idem.api.training.Device;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.environment.VersionProvider;
import dev.idem.tf.engine.Devices;
import dev.idem.tf.engine.GpuDiagnosis;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the devices that TensorFlow can compute on. */
@Command(
    name = "devices",
    description = {
      "Show TensorFlow's version, the devices it can use, and what is missing for a GPU.",
      "Exit code 1 if TensorFlow cannot be loaded."
    },
    mixinStandardHelpOptions = true)
public final class DevicesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  DevicesCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s (native build %s)%n", VersionProvider.tensorFlow(), Devices.nativeBuild());
    boolean loaded = tellDevices(out);
    out.flush();
    return loaded ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Prints the devices; false if TensorFlow cannot be loaded, which has been reported. */
  private static boolean tellDevices(PrintWriter out) {
    Devices devices = new Devices(Runtime.getRuntime().availableProcessors());
    try {
      for (Device device : devices.available()) {
        out.printf("  --device %s%n", device);
      }
    } catch (LinkageError e) {
      return false;
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
    return true;
  }
}
