package dev.idem.cli.experiment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.cli.catalogue.Catalogue;
import dev.idem.cli.wiring.IdemModule;
import java.util.List;
import java.util.Map;

/** Reads texts as the command would. */
final class Reading {

  static final String NAME = "my.yaml";

  private final Injector injector = Guice.createInjector(new IdemModule(Map.of()));
  private final Experiments experiments = injector.getInstance(Experiments.class);

  Experiments experiments() {
    return experiments;
  }

  /** The catalogue's own. */
  IdempotencyStrategy strategy(String name) {
    return injector.getInstance(new Key<Catalogue<IdempotencyStrategy>>() {}).get(name);
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
