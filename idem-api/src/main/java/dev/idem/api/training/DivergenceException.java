package dev.idem.api.training;

import dev.idem.api.training.TrainingListener.StepReport;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A run was stopped because a number was not finite. The parameters are those of the step before.
 */
public final class DivergenceException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final long step;
  private final String tensor;
  private final transient @Nullable StepReport lastFinite;

  /**
   * A divergence.
   *
   * @param step from 0
   * @param tensor what was not finite
   * @param lastFinite the report of the last step in which everything was; null if there was none
   */
  public DivergenceException(long step, String tensor, @Nullable StepReport lastFinite) {
    super(message(step, tensor, lastFinite));
    this.step = step;
    this.tensor = tensor;
    this.lastFinite = lastFinite;
  }

  private static String message(long step, String tensor, @Nullable StepReport last) {
    String before =
        last == null
            ? "no step was finite"
            : "last finite values, at step %s: %s, gradient norm %s"
                .formatted(last.step(), last.terms(), last.gradientNorm());
    return "diverged at step %s: %s is not finite; %s; lower the learning rate, clip the gradients, or cap the relative step"
        .formatted(step, tensor, before);
  }

  /** The step, from 0. */
  public long step() {
    return step;
  }

  /** What was not finite, such as {@code gradient of dense.0.kernel}. */
  public String tensor() {
    return tensor;
  }

  /** The report of the last finite step, or null. */
  public @Nullable StepReport lastFinite() {
    return lastFinite;
  }
}
