package dev.idem.cli.command;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.runs.catalogue.Catalogue;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  StrategiesCommand(Catalogue<IdempotencyStrategy> strategies) {
    this.strategies = strategies;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : strategies.names()) {
      IdempotencyStrategy strategy = strategies.get(name);
      out.printf("%-14s %s%n", name, strategy.formula());
      parameters(strategy).ifPresent(values -> out.printf("%-14s %s%n", "", values));
      out.printf("%-14s from %s%n", "", strategies.origin(name).label());
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static Optional<String> parameters(IdempotencyStrategy strategy) {
    if (!(strategy instanceof Record)) {
      return Optional.empty();
    }
    StringJoiner values = new StringJoiner(", ");
    for (RecordComponent component : strategy.getClass().getRecordComponents()) {
      String name = component.getName();
      ForeignCode.thrownBy(
              () -> values.add(name + " = " + shown(component.getAccessor().invoke(strategy))))
          .ifPresent(thrown -> values.add(name + " (not readable)"));
    }
    return Optional.of(values.toString()).filter(text -> !text.isEmpty());
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? Double.toString(optional.getAsDouble()) : "none";
    }
    return String.valueOf(value);
  }
}
