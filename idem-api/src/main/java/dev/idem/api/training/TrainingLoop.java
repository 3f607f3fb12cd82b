package dev.idem.api.training;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.training.TrainingListener.StepReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order of events in a run, the same for every engine: batch, step, guard, listeners,
 * evaluation schedule, reasons to stop. An engine supplies the step.
 */
public final class TrainingLoop {

  /** The stop reason of a run that did all its steps. */
  public static final String COMPLETED = "completed";

  /** One step of an engine. */
  @FunctionalInterface
  public interface Stepper {
    /**
     * Measures the batch and updates the parameters, unless something is not finite.
     *
     * @param batches of each input of the objective
     * @param targets of each of its {@linkplain TrainingObjective#supervisedInputs supervised
     *     inputs}, sample by sample
     * @param factors by which each term's loss or output gradient is multiplied, by name; 0 is
     *     allowed
     * @param learningRate with the schedule applied
     */
    StepMeasurement step(
        Map<String, float[][]> batches,
        Map<String, float[][]> targets,
        Map<String, Double> factors,
        double learningRate);
  }

  /** What an engine's run holds, once some steps are done. */
  @FunctionalInterface
  public interface StateReader {
    /** Copies the state, {@code stepsDone} steps being done. */
    TrainingState read(long stepsDone);
  }

  /**
   * What a step measured before its update.
   *
   * @param terms as {@link StepReport#terms()}
   * @param gradientNorm as {@link StepReport#gradientNorm()}
   * @param nonFinite the first tensor found not finite, or null; if not null nothing was updated
   */
  public record StepMeasurement(
      Map<String, Double> terms, double gradientNorm, @Nullable String nonFinite) {}

  /**
   * How a run ended.
   *
   * @param steps done
   * @param reason {@link #COMPLETED}, or a stop rule's or a listener's
   */
  public record End(long steps, String reason) {}

  private final TrainingTask task;
  private final List<? extends TrainingListener> listeners;
  private final NetworkView network;
  private final Stepper stepper;
  private final StateReader state;

  /**
   * A loop over {@code stepper}, ready to run.
   *
   * @param network the live network, shown to listeners at evaluations
   * @param state read when a listener asks for it
   */
  public TrainingLoop(
      TrainingTask task,
      List<? extends TrainingListener> listeners,
      NetworkView network,
      Stepper stepper,
      StateReader state) {
    this.task = task;
    this.listeners = listeners;
    this.network = network;
    this.stepper = stepper;
    this.state = state;
  }

  /**
   * Runs to the end.
   *
   * @throws DivergenceException after the listeners are notified
   */
  public End run() {
    listeners.forEach(listener -> listener.started(task));
    Optional<String> refused = evaluate(0);
    return refused.isPresent() ? finish(0, refused.get()) : steps(0);
  }

  /**
   * Resumes from a state and runs to the end.
   *
   * @param restore gives the engine's run that state, which fits the task
   * @throws IllegalArgumentException if {@code from} is not a state of the task, naming the first
   *     thing that does not fit
   * @throws DivergenceException after the listeners are notified
   */
  public End resume(TrainingState from, Consumer<TrainingState> restore) {
    requireFits(from);
    restore.accept(from);
    listeners.forEach(listener -> listener.resumed(task, from.stepsDone()));
    return steps(from.stepsDone());
  }

  private void requireFits(TrainingState from) {
    TrainingPlan plan = task.plan();
    Require.argument(
        from.stepsDone() <= plan.steps(),
        "%s steps are done, the plan has %s; name a plan of at least as many",
        from.stepsDone(),
        plan.steps());
    from.network().requireFits(task.network());
    for (ParameterSpec parameter : task.network().parameters()) {
      List<double[]> arrays = from.moments(parameter.name());
      Require.argument(
          arrays.size() == plan.optimizer().moments(),
          "parameter %s has %s moments; %s keeps %s",
          parameter.name(),
          arrays.size(),
          plan.optimizer(),
          plan.optimizer().moments());
      for (double[] array : arrays) {
        Require.argument(
            array.length == parameter.shape().size()
                && Arrays.stream(array).allMatch(Double::isFinite),
            "a moment of parameter %s must hold %s finite values",
            parameter.name(),
            parameter.shape().size());
      }
    }
  }

  private End steps(long first) {
    TrainingPlan plan = task.plan();
    StepReport last = null;
    for (long step = first; step < plan.steps(); step++) {
      last = step(step, last);
      long done = step + 1;
      Optional<String> reason = reasonToStop(last);
      if (plan.evaluatesAfter(done) || reason.isPresent()) {
        Optional<String> listenersReason = evaluate(done);
        reason = reason.isPresent() ? reason : listenersReason;
      }
      if (reason.isPresent()) {
        return finish(done, reason.get());
      }
      listeners.forEach(listener -> listener.saveable(done, () -> state.read(done)));
    }
    return finish(plan.steps(), COMPLETED);
  }

  /** Evaluates, and answers the first reason to stop that a listener has. */
  private Optional<String> evaluate(long done) {
    listeners.forEach(listener -> listener.evaluated(done, network));
    return listeners.stream()
        .map(TrainingListener::reasonToStop)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private StepReport step(long step, @Nullable StepReport last) {
    double learningRate = task.plan().learningRateAt(step);
    TrainingObjective objective = task.objective();
    StepMeasurement measured =
        stepper.step(
            drawn(objective.inputs(), task::source, step),
            drawn(objective.supervisedInputs(), task::targets, step),
            objective.factors(step, task.plan().steps()),
            learningRate);
    if (measured.nonFinite() != null) {
      DivergenceException divergence = new DivergenceException(step, measured.nonFinite(), last);
      listeners.forEach(listener -> listener.diverged(divergence));
      throw divergence;
    }
    StepReport report =
        new StepReport(step, measured.terms(), measured.gradientNorm(), learningRate);
    listeners.forEach(listener -> listener.stepped(report));
    return report;
  }

  /** The batch of each input; its samples and its targets are drawn by the same seed and step. */
  private Map<String, float[][]> drawn(
      Set<String> inputs, Function<String, DataSource> sources, long step) {
    Map<String, float[][]> batches = new LinkedHashMap<>();
    for (String input : inputs) {
      long seed = RandomStreams.derive(task.plan().seed(), input);
      batches.put(
          input, CheckedSamples.batch(sources.apply(input), seed, step, task.plan().batchSize()));
    }
    return batches;
  }

  private Optional<String> reasonToStop(StepReport report) {
    return task.plan().stopRules().stream()
        .map(rule -> rule.reasonToStop(report))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private End finish(long steps, String reason) {
    listeners.forEach(listener -> listener.finished(steps, reason));
    return new End(steps, reason);
  }
}
