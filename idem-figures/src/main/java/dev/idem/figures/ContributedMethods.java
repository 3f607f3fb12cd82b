package dev.idem.figures;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies of plug-ins as methods of a figure. Each is first tried for one step of every
 * task: one that fails is left out and named, and the others are still compared.
 */
public final class ContributedMethods {

  private static final Logger LOG = LoggerFactory.getLogger(ContributedMethods.class);

  private final Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  private ContributedMethods() {}

  /**
   * A task to try a strategy on.
   *
   * @param name in messages
   * @param task of one step, with the strategy
   */
  public record Trial(String name, Function<IdempotencyStrategy, TrainingTask> task) {}

  /** Those of these strategies that take a step of every trial. */
  public static ContributedMethods tried(
      List<FigureContext.Contributed> strategies, List<Trial> trials, TrainingEngine engine) {
    ContributedMethods contributed = new ContributedMethods();
    for (FigureContext.Contributed candidate : strategies) {
      String name = candidate.name();
      String told = "strategy '%s' of %s".formatted(name, candidate.origin());
      List<Trial> tried = new ArrayList<>();
      ForeignCode.thrownBy(
              () -> {
                IdempotencyStrategy strategy = candidate.strategy().get();
                for (Trial trial : trials) {
                  tried.add(trial);
                  step(trial.task().apply(strategy), engine);
                }
                contributed.sentences.add(
                    "%s is %s: %s.".formatted(Methods.ofPlugin(name), told, strategy.formula()));
                contributed.methods.put(Methods.ofPlugin(name), strategy);
              })
          .ifPresent(thrown -> contributed.leaveOut(told, tried, thrown));
    }
    return contributed;
  }

  private void leaveOut(String told, List<Trial> tried, Throwable thrown) {
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

  private static void step(TrainingTask task, TrainingEngine engine) {
    try {
      engine.train(task).close();
    } catch (DivergenceException e) {
      // A method may diverge; figures count how often.
      LOG.debug("diverged at its first step", e);
    }
  }

  /** By the methods' names. */
  public Map<String, IdempotencyStrategy> methods() {
    return methods;
  }

  /** Sentences on the plug-in of each, and on what was left out. */
  public List<String> sentences() {
    return sentences;
  }
}
