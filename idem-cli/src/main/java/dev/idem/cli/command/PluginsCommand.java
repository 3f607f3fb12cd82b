package dev.idem.cli.command;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.Plugins;
import dev.idem.runs.catalogue.Catalogue;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the plug-ins. */
@Command(
    name = "plugins",
    description = {
      "List the plug-ins: the contributions and the jar of each.",
      "Errors are printed to standard error; exit code 1 if there are any."
    },
    mixinStandardHelpOptions = true)
public final class PluginsCommand implements Callable<Integer> {

  private final Plugins plugins;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  PluginsCommand(Plugins plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (PluginJar jar : plugins.jars()) {
      out.println(jar.label());
      Kind.all().forEach(kind -> contributions(kind, jar, out));
      jar.sha256().ifPresent(sum -> out.printf("  %-12s %s%n", "SHA-256", sum));
      out.printf("  %-12s %s%n", "from", jar.path());
    }
    if (plugins.jars().isEmpty()) {
      out.println("no plug-ins; name a folder of jars with --plugins");
    }
    out.flush();
    return plugins.faults().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private <V> void contributions(Kind<V> kind, PluginJar jar, PrintWriter out) {
    List<String> names =
        plugins.entries(kind).stream()
            .filter(entry -> entry.origin().equals(jar))
            .map(Catalogue.Entry::name)
            .toList();
    if (!names.isEmpty()) {
      out.printf("  %-12s %s%n", kind.label(), String.join(", ", names));
    }
  }
}
