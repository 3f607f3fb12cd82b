package dev.idem.runs.experiment;

import java.util.List;

/** What may be measured at each evaluation of a run. Lower is better in all but the last two. */
public enum Metric {
  /** 1/(m n) sum ||f(f(x)) - f(x)||^2 on held-out samples; f = 0 has none. */
  IDEMPOTENCY_ERROR,
  /** The idempotency error over the outputs' power, which shrinking does not lower. */
  RELATIVE_ERROR,
  /** 1/(m n) sum ||f(x) - x||^2 on held-out samples. */
  RECONSTRUCTION_ERROR,
  /** The outputs' mean square. */
  POWER,
  /** The effective rank of the outputs. */
  EFFECTIVE_RANK;

  /** Those that may end a run: lower is better, and outputs that shrink do not lower them. */
  static List<String> ending() {
    return List.of(RELATIVE_ERROR.label(), RECONSTRUCTION_ERROR.label());
  }

  /** The name in a file, such as {@code relative-error}. */
  public String label() {
    return Labels.of(this);
  }
}
