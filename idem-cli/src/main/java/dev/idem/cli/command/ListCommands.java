package dev.idem.cli.command;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.Plugins;
import dev.idem.figures.Figure;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiments;
import dev.idem.tf.engine.Devices;
import dev.idem.tf.engine.GpuDiagnosis;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The commands that list what there is: figures, strategies, plug-ins, devices. */
final class ListCommands {

  private ListCommands() {}

  /** Lists the figures. */
  @Command(
      name = "figures",
      description = "List the figures that 'idem reproduce' can draw.",
      footer = "  idem figures")
  static final class ListFigures extends Subcommand {

    private final Catalogue<Figure> figures;

    @Inject
    ListFigures(Catalogue<Figure> figures) {
      this.figures = figures;
    }

    @Override
    public Integer call() {
      for (String name : figures.names()) {
        Figure figure = figures.get(name);
        String named =
            figure.inDefaultSet()
                ? ""
                : figure
                    .set()
                    .map(set -> " (only if named, or by '" + set + "')")
                    .orElse(" (only if named)");
        entry(name, 21, "%s%s [%s]".formatted(figure.title(), named, figures.origin(name).label()));
      }
      return ExitCode.OK;
    }
  }

  /** Lists the strategies. */
  @Command(
      name = "strategies",
      description = "List the strategies: name, formula, parameters and origin.",
      footer = "  idem strategies")
  static final class ListStrategies extends Subcommand {

    private final Catalogue<IdempotencyStrategy> strategies;
    private final Experiments experiments;

    @Inject
    ListStrategies(Catalogue<IdempotencyStrategy> strategies, Experiments experiments) {
      this.strategies = strategies;
      this.experiments = experiments;
    }

    @Override
    public Integer call() {
      for (String name : strategies.names()) {
        line(name, strategies.get(name).formula());
        String parameters =
            experiments.parameters(name).entrySet().stream()
                .map(parameter -> parameter.getKey() + " = " + parameter.getValue())
                .collect(Collectors.joining(", "));
        if (!parameters.isEmpty()) {
          line("", parameters);
        }
        line("", "from " + strategies.origin(name).label());
      }
      return ExitCode.OK;
    }

    private void line(String name, String text) {
      entry(name, 15, text);
    }
  }

  /** Lists the plug-ins. */
  @Command(
      name = "plugins",
      description = {
        "List the plug-ins: the contributions and the jar of each.",
        "Errors are printed to standard error; exit code 1 if there are any."
      },
      footer = "  idem plugins --plugins jars")
  static final class ListPlugins extends Subcommand {

    private final Plugins plugins;

    @Inject
    ListPlugins(Plugins plugins) {
      this.plugins = plugins;
    }

    @Override
    public Integer call() {
      for (PluginJar jar : plugins.jars()) {
        out().println(jar.label());
        Kind.all().forEach(kind -> contributions(kind, jar));
        jar.sha256().ifPresent(sum -> line("SHA-256", sum));
        line("from", jar.path().toString());
      }
      if (plugins.jars().isEmpty()) {
        out().println("no plug-ins; name a folder of jars with --plugins");
      }
      return plugins.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private <V> void contributions(Kind<V> kind, PluginJar jar) {
      List<String> names =
          plugins.entries(kind).stream()
              .filter(entry -> entry.origin().equals(jar))
              .map(Catalogue.Entry::name)
              .toList();
      if (!names.isEmpty()) {
        line(kind.label(), String.join(", ", names));
      }
    }

    private void line(String what, String text) {
      entry("  " + what, 15, text);
    }
  }

  /** Lists the devices that TensorFlow can compute on. */
  @Command(
      name = "devices",
      description = {
        "Show TensorFlow's version, the devices it can use, and what is missing for a GPU.",
        "Exit code 1 if TensorFlow cannot be loaded."
      },
      footer = "  idem devices")
  static final class ListDevices extends Subcommand {

    @Inject
    ListDevices() {}

    @Override
    public Integer call() {
      print("%s (native build %s)", Environment.tensorFlow(), Devices.nativeBuild());
      Devices devices = new Devices(Runtime.getRuntime().availableProcessors());
      try {
        for (Device device : devices.available()) {
          print("  --device %s", device);
        }
      } catch (LinkageError e) {
        // The line above says why.
        return ExitCode.SOFTWARE;
      }
      devices.whyNoGpu().ifPresent(this::printMissing);
      return ExitCode.OK;
    }

    private void printMissing(String reason) {
      out().printf("No GPU: %s.%nWhat TensorFlow 2.18 needs for one:%n", reason);
      new GpuDiagnosis()
          .parts()
          .forEach(
              part ->
                  print(
                      "  %s  %s: %s",
                      part.there() ? "ok     " : "missing", part.wanted(), part.told()));
    }
  }
}
