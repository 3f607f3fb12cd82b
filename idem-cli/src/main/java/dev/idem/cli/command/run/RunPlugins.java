package dev.idem.cli.command.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.Plugins;
import dev.idem.cli.plugin.UsedPlugins;
import dev.idem.runs.RunFolder;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.Origin;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Subject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The plug-ins of runs, recorded in their provenance and required again on resuming. */
public final class RunPlugins {

  private static final String NETWORK = "network.name";

  private final Catalogue<IdempotencyStrategy> strategies;
  private final Catalogue<Network> networks;
  private final Catalogue<DataSource> data;
  private final Plugins plugins;

  @Inject
  RunPlugins(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> data,
      Plugins plugins) {
    this.strategies = strategies;
    this.networks = networks;
    this.data = data;
    this.plugins = plugins;
  }

  /** The plug-ins that an experiment uses. */
  UsedPlugins of(Experiment experiment) {
    UsedPlugins used = new UsedPlugins();
    if (experiment.subject() instanceof Subject.SelfMap map) {
      used.add(Kind.STRATEGY, map.strategy(), strategies.origin(map.strategy()));
      network(experiment).ifPresent(name -> used.add(Kind.NETWORK, name, networks.origin(name)));
      used.add(Kind.DATA, map.data(), data.origin(map.data()));
    }
    experiment
        .contributed()
        .forEach(listener -> used.add(Kind.LISTENER, listener.name(), listener.origin()));
    return used;
  }

  /** What to do before a run can be resumed or reproduced; empty if nothing. */
  Optional<String> missing(RunFolder run) throws IOException {
    if (!Files.exists(run.file(RunFolder.PROVENANCE))) {
      return Optional.empty();
    }
    try {
      JsonNode provenance = new JsonMapper().readTree(run.read(RunFolder.PROVENANCE));
      List<String> missing =
          UsedPlugins.Recorded.of(provenance).stream()
              .flatMap(record -> record.missing(plugins.jars()).stream())
              .toList();
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of("run folder (%s): %s".formatted(run.path(), String.join("; ", missing)));
    } catch (JsonProcessingException e) {
      // The run itself reports a changed provenance.
      return Optional.empty();
    }
  }

  /** The failure of a run, attributed to the plug-in that caused it, if one did. */
  RuntimeException told(RuntimeException failure, Experiment experiment) {
    if (!(experiment.subject() instanceof Subject.SelfMap map)) {
      return failure;
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof StrategyException || failure instanceof DivergenceException) {
      return told(failure, Kind.STRATEGY, map.strategy(), strategies, why(failure));
    }
    if (message.startsWith("data source (")) {
      return told(failure, Kind.DATA, map.data(), data, message);
    }
    return message.startsWith("network (")
        ? network(experiment)
            .map(name -> told(failure, Kind.NETWORK, name, networks, message))
            .orElse(failure)
        : failure;
  }

  private static <V> RuntimeException told(
      RuntimeException failure, Kind<V> kind, String name, Catalogue<V> catalogue, String why) {
    Origin origin = catalogue.origin(name);
    return origin.isPlugin()
        ? new IllegalStateException(
            "%s '%s' of %s: %s"
                .formatted(kind.label(), name, origin.label(), why.replaceAll("\\s+", " ")),
            failure)
        : failure;
  }

  private static Optional<String> network(Experiment experiment) {
    return experiment.settings().value(NETWORK).map(Object::toString);
  }

  /** A lower learning rate does not help if a term is not finite from the first step on. */
  private static String why(RuntimeException failure) {
    return failure instanceof DivergenceException diverged
            && diverged.lastFinite() == null
            && diverged.tensor().startsWith("term ")
        ? "%s is not finite from the first step on; keep quotients and roots away from 0"
            .formatted(diverged.tensor())
        : String.valueOf(failure.getMessage());
  }
}
