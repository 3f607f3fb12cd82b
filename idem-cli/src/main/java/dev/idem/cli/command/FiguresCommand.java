package dev.idem.cli.command;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.figures.Figure;
import dev.idem.runs.catalogue.Catalogue;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the figures. */
@Command(
    name = "figures",
    description = "List the figures that 'idem reproduce' can draw.",
    mixinStandardHelpOptions = true)
public final class FiguresCommand implements Callable<Integer> {

  private final Catalogue<Figure> figures;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  FiguresCommand(Catalogue<Figure> figures) {
    this.figures = figures;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : figures.names()) {
      Figure figure = figures.get(name);
      out.printf(
          "%-20s %s%s [%s]%n",
          name,
          figure.title(),
          figure.inDefaultSet() ? "" : " (only if named)",
          figures.origin(name).label());
    }
    out.flush();
    return ExitCode.DONE;
  }
}
