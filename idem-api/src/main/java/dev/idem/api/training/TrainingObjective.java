package dev.idem.api.training;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.ForeignCode;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sum of named terms, each a strategy applied to one named input. Losses and output gradients mix
 * freely; each strategy carries its own weight.
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
   */
  public record Term(String name, IdempotencyStrategy strategy, String input) {
    public Term {
      Require.notBlank("term name", name);
      Require.argument(
          input.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"),
          "input name ('%s') must be letters, digits, '.', '_' and '-'",
          input);
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
     * @throws StrategyException if it throws, or asks nothing
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
}
