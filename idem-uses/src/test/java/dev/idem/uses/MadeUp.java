package dev.idem.uses;

import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.eval.metrics.IdempotencyReport.Drift;
import dev.idem.uses.UseRun.Measured;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs that nobody ran, for tests of what is made of results. */
public final class MadeUp {

  private MadeUp() {}

  /** A healthy run of a network. */
  public static UseRun run(
      Use use,
      String method,
      long seed,
      double quality,
      double errorOverVariance,
      double... metrics) {
    return of(use, method, seed, OptionalLong.of(100), quality, errorOverVariance, metrics);
  }

  /** A baseline. */
  public static UseRun baseline(Use use, String name, double quality, double... metrics) {
    return of(use, name, 1, OptionalLong.empty(), quality, 0, metrics);
  }

  /** A run of a network that diverged. */
  public static UseRun diverged(Use use, String method, long seed) {
    return new UseRun(use, method, seed, OptionalLong.of(100), Optional.empty());
  }

  private static UseRun of(
      Use use,
      String method,
      long seed,
      OptionalLong parameters,
      double quality,
      double errorOverVariance,
      double... metrics) {
    IdempotencyReport report =
        new IdempotencyReport(
            new ErrorMeasurement(8, 4, errorOverVariance, 1, 1, 1, 1),
            List.of(new Drift(2, errorOverVariance, errorOverVariance)),
            3,
            3,
            1,
            0,
            OptionalInt.empty());
    Measured measured =
        new Measured(
            Collections.nCopies(use.applications().size(), quality),
            Arrays.stream(metrics).boxed().toList(),
            report,
            CollapseVerdict.HEALTHY,
            List.of());
    return new UseRun(use, method, seed, parameters, Optional.of(measured));
  }
}
