package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import java.util.List;

/** Reads texts as the command would. */
final class Reading {

  static final String NAME = "my.yaml";

  private final Experiments experiments = Experiments.builtIn();

  Experiments experiments() {
    return experiments;
  }

  /** The registry's own. */
  IdempotencyStrategy strategy(String name) {
    return Strategies.named(name);
  }

  Experiment read(String yaml, String... overrides) {
    return experiments.of(yaml, NAME, List.of(overrides));
  }

  List<String> problems(String yaml, String... overrides) {
    ExperimentException thrown =
        catchThrowableOfType(ExperimentException.class, () -> read(yaml, overrides));
    return thrown == null ? List.of() : thrown.problems();
  }
}
