package dev.idem.cli.figure;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies of plug-ins as methods of the efficacy figure. Each is tried for a step of every
 * task first: one that fails is left out and named, and the others are compared all the same.
 */
final class ContributedMethods {

  private static final Logger LOG = LoggerFactory.getLogger(ContributedMethods.class);

  private final Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  private ContributedMethods() {}

  static ContributedMethods tried(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> data,
      TrainingEngine engine) {
    ContributedMethods contributed = new ContributedMethods();
    for (String name : strategies.contributed()) {
      String told = "strategy '%s' of %s".formatted(name, strategies.origin(name).label());
      List<EfficacyTask> tried = new ArrayList<>();
      ForeignCode.thrownBy(
              () -> {
                IdempotencyStrategy strategy = strategies.get(name);
                for (EfficacyTask task : EfficacyTask.all()) {
                  tried.add(task);
                  step(strategy, task, networks, data, engine);
                }
                contributed.sentences.add(
                    "%s is %s: %s.".formatted(Methods.ofPlugin(name), told, strategy.formula()));
                contributed.methods.put(Methods.ofPlugin(name), strategy);
              })
          .ifPresent(thrown -> contributed.leaveOut(told, tried, thrown));
    }
    return contributed;
  }

  private void leaveOut(String told, List<EfficacyTask> tried, Throwable thrown) {
    LOG.debug("{} failed", told, thrown);
    String left =
        "%s is left out, it failed on %s: %s"
            .formatted(
                told,
                tried.isEmpty() ? "no task" : tried.get(tried.size() - 1).name(),
                ForeignCode.reason(thrown));
    LOG.warn(left);
    sentences.add(left + ".");
  }

  private static void step(
      IdempotencyStrategy strategy,
      EfficacyTask task,
      Catalogue<Network> networks,
      Catalogue<DataSource> data,
      TrainingEngine engine) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(1)
            .batchSize(task.batch())
            .optimizer(task.optimizer())
            .learningRate(task.equalRate())
            .build();
    Network network = task.starts().get(0).network().apply(networks);
    TrainingObjective objective = TrainingObjective.of(strategy);
    try {
      engine.train(TrainingTask.of(network, objective, data.get(task.data()), plan)).close();
    } catch (DivergenceException e) {
      // A method may diverge; the figure counts how often.
      LOG.debug("diverged at its first step", e);
    }
  }

  /** By the methods' names. */
  Map<String, IdempotencyStrategy> methods() {
    return methods;
  }

  /** Which plug-in each is of, and what was left out. */
  List<String> sentences() {
    return sentences;
  }
}
