package dev.idem.cli.command;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the strategies. */
@Command(
    name = "strategies",
    description = "List the strategies: name, formula, parameters and origin.",
    mixinStandardHelpOptions = true)
public final class StrategiesCommand implements Callable<Integer> {

  private final Catalogue<IdempotencyStrategy> strategies;
  private final Experiments experiments;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  StrategiesCommand(Catalogue<IdempotencyStrategy> strategies, Experiments experiments) {
    this.strategies = strategies;
    this.experiments = experiments;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : strategies.names()) {
      IdempotencyStrategy strategy = strategies.get(name);
      out.printf("%-14s %s%n", name, strategy.formula());
      parameters(name).ifPresent(values -> out.printf("%-14s %s%n", "", values));
      out.printf("%-14s from %s%n", "", strategies.origin(name).label());
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Optional<String> parameters(String name) {
    return Optional.of(
            experiments.parameters(name).entrySet().stream()
                .map(parameter -> parameter.getKey() + " = " + parameter.getValue())
                .collect(Collectors.joining(", ")))
        .filter(text -> !text.isEmpty());
  }
}
