package dev.idem.api.training;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.ForeignCode;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sum of named terms, each a strategy applied to one named input. Losses and output gradients mix
 * freely; each strategy carries its own weight, which a schedule may change from step to step.
 *
 * @param terms at least one, with unique names
 */
public record TrainingObjective(List<Term> terms) {

  /** The name of the only input of {@link #of}. */
  public static final String DEFAULT_INPUT = "x";

  /**
   * One term.
   *
   * @param name under which its value is reported
   * @param strategy gives the loss or output gradient
   * @param input the name of the data source it is applied to
   * @param schedule the factor by which the loss or output gradient is multiplied at each step,
   *     beside the strategy's own weight; reported values are without it
   */
  public record Term(String name, IdempotencyStrategy strategy, String input, Schedule schedule) {
    /** A term with the same weight at every step. */
    public Term(String name, IdempotencyStrategy strategy, String input) {
      this(name, strategy, input, new Schedule.Constant());
    }

    public Term {
      Require.notBlank("term name", name);
      Require.argument(
          input.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"),
          "input name ('%s') must be letters, digits, '.', '_' and '-'",
          input);
    }

    /** This term with another schedule. */
    public Term withSchedule(Schedule other) {
      return new Term(name, strategy, input, other);
    }

    /**
     * Whether the strategy reads the target of each sample.
     *
     * @throws StrategyException if it throws
     */
    public boolean readsTarget() {
      return ForeignCode.call(strategy::readsTarget, thrown -> new StrategyException(this, thrown));
    }

    /**
     * The strategy's objective in a step, for engines.
     *
     * @throws StrategyException if it throws, or returns null
     */
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      Objective<T> objective =
          ForeignCode.call(
              () -> strategy.objective(f, ops), thrown -> new StrategyException(this, thrown));
      // Strategies are written by anyone, with or without checks for null.
      return Optional.ofNullable(objective)
          .orElseThrow(
              () ->
                  new StrategyException(
                      this, "returned no objective (null); return a Loss or an OutputGradient"));
    }
  }

  public TrainingObjective {
    terms = List.copyOf(terms);
    Require.argument(!terms.isEmpty(), "an objective needs at least one term");
    List<String> names = terms.stream().map(Term::name).toList();
    Require.argument(
        Set.copyOf(names).size() == names.size(), "term names %s must be unique", names);
  }

  /** One strategy applied to the input {@code x}. */
  public static TrainingObjective of(IdempotencyStrategy strategy) {
    return new TrainingObjective(List.of(new Term("idempotency", strategy, DEFAULT_INPUT)));
  }

  /**
   * This objective with schedules for the terms of those names; the other terms keep theirs.
   *
   * @throws IllegalArgumentException if there is no term of one of the names
   */
  public TrainingObjective withSchedules(Map<String, Schedule> schedules) {
    List<String> names = terms.stream().map(Term::name).toList();
    schedules
        .keySet()
        .forEach(
            name ->
                Require.argument(
                    names.contains(name), "no term '%s' in the terms %s", name, names));
    return new TrainingObjective(
        terms.stream()
            .map(term -> term.withSchedule(schedules.getOrDefault(term.name(), term.schedule())))
            .toList());
  }

  /**
   * Checks that a run of {@code steps} is long enough for every schedule.
   *
   * @throws IllegalArgumentException if it is not, naming the term
   */
  public void requireFits(long steps) {
    for (Term term : terms) {
      try {
        term.schedule().requireFits(steps);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "schedule of term '%s': %s".formatted(term.name(), e.getMessage()), e);
      }
    }
  }

  /** The factor of each term at {@code step} of {@code steps}, by name. */
  public Map<String, Double> factors(long step, long steps) {
    Map<String, Double> factors = new LinkedHashMap<>();
    terms.forEach(term -> factors.put(term.name(), term.schedule().factor(step, steps)));
    return factors;
  }

  /** The names of the inputs that the terms read, in the order of first use. */
  public Set<String> inputs() {
    return terms.stream().map(Term::input).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The names of those inputs whose targets a term reads, in the order of first use. */
  public Set<String> supervisedInputs() {
    return terms.stream()
        .filter(Term::readsTarget)
        .map(Term::input)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * A strategy threw, or returned an invalid objective: null, a loss that is not a scalar, a
   * gradient of another shape than its output, or something that depends on no parameter. The
   * message names the term and the strategy's class.
   */
  public static final class StrategyException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    private final String term;

    /**
     * An error of a term's strategy.
     *
     * @param fault after the strategy's name, a {@link String#format} pattern
     */
    public StrategyException(Term term, String fault, Object... values) {
      super(message(term, String.format(Locale.ROOT, fault, values)));
      this.term = term.name();
    }

    /** A term's strategy threw {@code thrown}. */
    public StrategyException(Term term, Throwable thrown) {
      super(message(term, "threw " + ForeignCode.describe(thrown)), thrown);
      this.term = term.name();
    }

    /** The objective of a term depends on no parameter. */
    public static StrategyException unreached(Term term) {
      return new StrategyException(
          term,
          "gave a loss or output that depends on no parameter of the network; use f.output() or"
              + " f.iterate(k) where ops.stopGradient does not cut them off, of a network that uses"
              + " its parameters");
    }

    private static String message(Term term, String fault) {
      return "term '%s': strategy %s %s"
          .formatted(term.name(), term.strategy().getClass().getName(), fault);
    }

    /** The name of the term. */
    public String term() {
      return term;
    }
  }
}
