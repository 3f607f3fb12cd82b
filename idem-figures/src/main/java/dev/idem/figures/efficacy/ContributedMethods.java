package dev.idem.figures.efficacy;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.figures.FigureContext;
import dev.idem.figures.Methods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies of plug-ins as methods of the efficacy figure. Each is first tried for one step of
 * every task: one that fails is left out and named, and the others are still compared.
 */
final class ContributedMethods {

  private static final Logger LOG = LoggerFactory.getLogger(ContributedMethods.class);

  private final Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  private ContributedMethods() {}

  static ContributedMethods tried(
      List<FigureContext.Contributed> strategies, List<EfficacyTask> tasks, TrainingEngine engine) {
    ContributedMethods contributed = new ContributedMethods();
    for (FigureContext.Contributed candidate : strategies) {
      String name = candidate.name();
      String told = "strategy '%s' of %s".formatted(name, candidate.origin());
      List<EfficacyTask> tried = new ArrayList<>();
      ForeignCode.thrownBy(
              () -> {
                IdempotencyStrategy strategy = candidate.strategy().get();
                for (EfficacyTask task : tasks) {
                  tried.add(task);
                  step(strategy, task, engine);
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

  private static void step(IdempotencyStrategy strategy, EfficacyTask task, TrainingEngine engine) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(1)
            .batchSize(task.batch())
            .optimizer(task.optimizer())
            .learningRate(task.equalRate())
            .build();
    Network network = task.starts().get(0).network();
    TrainingObjective objective = TrainingObjective.of(strategy);
    try {
      engine.train(TrainingTask.of(network, objective, task.data().get(), plan)).close();
    } catch (DivergenceException e) {
      // A method may diverge; the figure counts how often.
      LOG.debug("diverged at its first step", e);
    }
  }

  /** By the methods' names. */
  Map<String, IdempotencyStrategy> methods() {
    return methods;
  }

  /** Sentences on the plug-in of each, and on what was left out. */
  List<String> sentences() {
    return sentences;
  }
}
