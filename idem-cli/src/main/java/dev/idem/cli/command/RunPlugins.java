package dev.idem.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.PluginJar.UsedPlugin;
import dev.idem.cli.plugin.Plugins;
import dev.idem.cli.plugin.Plugins.Part;
import dev.idem.runs.RunFolder;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiment.Subject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plug-ins of a run: its provenance records them, and they are required again to resume or
 * reproduce it.
 */
final class RunPlugins {

  private final Plugins plugins;

  @Inject
  RunPlugins(Plugins plugins) {
    this.plugins = plugins;
  }

  /** Refuses a run whose plug-ins are not loaded, naming them. */
  void require(RunFolder run) throws IOException {
    if (!Files.exists(run.file(RunFolder.PROVENANCE))) {
      return;
    }
    JsonNode provenance;
    try {
      provenance = new JsonMapper().readTree(run.read(RunFolder.PROVENANCE));
    } catch (JsonProcessingException e) {
      // The run itself reports a changed provenance.
      return;
    }
    List<String> missing =
        UsedPlugin.of(provenance).stream()
            .flatMap(record -> record.missing(plugins.jars()).stream())
            .toList();
    if (!missing.isEmpty()) {
      throw Subcommand.usage("run folder (%s): %s", run.path(), String.join("; ", missing));
    }
  }

  /** The plug-ins of an experiment, as entries of its provenance. */
  Map<String, ?> used(Experiment experiment) {
    List<Part> parts = parts(experiment);
    experiment
        .contributed()
        .forEach(listener -> parts.add(new Part(Kind.LISTENER, listener.name())));
    List<UsedPlugin> used = plugins.used(parts);
    return used.isEmpty() ? Map.of() : Map.of(UsedPlugin.KEY, used);
  }

  /** The parts of a map's experiment that plug-ins may have contributed, besides listeners. */
  private static List<Part> parts(Experiment experiment) {
    List<Part> parts = new ArrayList<>();
    if (experiment.subject() instanceof Subject.SelfMap map) {
      parts.add(new Part(Kind.STRATEGY, map.strategy()));
      experiment
          .settings()
          .value("network.name")
          .ifPresent(name -> parts.add(new Part(Kind.NETWORK, name.toString())));
      parts.add(new Part(Kind.DATA, map.data()));
    }
    return parts;
  }

  /** The failure of a run, attributed to the plug-in that caused it, if one did. */
  RuntimeException attributed(RuntimeException failure, Experiment experiment) {
    String message = String.valueOf(failure.getMessage());
    boolean ofStrategy =
        failure instanceof StrategyException || failure instanceof DivergenceException;
    for (Part part : parts(experiment)) {
      String kind = part.kind().label();
      boolean guilty =
          part.kind().equals(Kind.STRATEGY) ? ofStrategy : message.startsWith(kind + " (");
      Optional<PluginJar> origin = plugins.origin(part.kind(), part.name());
      if (guilty && origin.isPresent()) {
        String why = why(failure).replaceAll("\\s+", " ");
        return new IllegalStateException(
            "%s '%s' of %s: %s".formatted(kind, part.name(), origin.get().label(), why), failure);
      }
    }
    return failure;
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
