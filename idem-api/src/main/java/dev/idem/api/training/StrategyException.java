package dev.idem.api.training;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.TrainingObjective.Term;
import java.io.Serial;
import java.util.Locale;

/**
 * A strategy threw, or returned an invalid objective: null, a loss that is not a scalar, a gradient
 * of another shape than its output, or something that depends on no parameter. The message names
 * the term and the strategy's class.
 */
public final class StrategyException extends IllegalArgumentException {

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
            + " f.iterate(k) where ops.stopGradient does not cut them off, of a network that uses its"
            + " parameters");
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
