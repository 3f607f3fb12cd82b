package dev.idem.uses;

import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Results that nobody measured, for tests of what is concluded from them. */
public final class MadeUpResults {

  private static final IdempotencyReport REPORT =
      new IdempotencyMetrics(2, 0.01).measure(x -> x, new float[][] {{1, 2}, {3, -1}, {0, 4}});

  private final UseFamily family;
  private final List<UseRun> runs = new ArrayList<>();

  /** None yet. */
  public MadeUpResults(UseFamily family) {
    this.family = family;
  }

  /**
   * Three seeds of a trained method, slightly apart.
   *
   * @param first the quality of f
   * @param last of all further applications
   * @param metric every metric
   */
  public MadeUpResults with(Use use, String method, double first, double last, double metric) {
    for (int seed = 0; seed < 3; seed++) {
      double factor = 1 + 0.001 * seed;
      List<Double> quality =
          new ArrayList<>(Collections.nCopies(use.applications().size(), last * factor));
      quality.set(0, first * factor);
      runs.add(new UseRun(use, method, seed, OptionalLong.of(1), measured(use, quality, metric)));
    }
    return this;
  }

  /** A baseline with this quality at every application. */
  public MadeUpResults withBaseline(Use use, String name, double quality, double metric) {
    List<Double> all = Collections.nCopies(use.applications().size(), quality);
    runs.add(new UseRun(use, name, 0, OptionalLong.empty(), measured(use, all, metric)));
    return this;
  }

  /** Three seeds that diverged. */
  public MadeUpResults withDiverged(Use use, String method) {
    for (int seed = 0; seed < 3; seed++) {
      runs.add(new UseRun(use, method, seed, OptionalLong.of(1), Optional.empty()));
    }
    return this;
  }

  private static Optional<Measured> measured(Use use, List<Double> quality, double metric) {
    List<float[][]> shown =
        Collections.nCopies(quality.size(), new float[1][use.data().shape().size()]);
    return Optional.of(
        new Measured(
            quality,
            Collections.nCopies(use.metrics().size(), metric),
            REPORT,
            CollapseThresholds.defaults().judge(REPORT),
            shown));
  }

  /** All that was made up. */
  public UseResults results() {
    return new UseResults(family, runs, 1);
  }
}
