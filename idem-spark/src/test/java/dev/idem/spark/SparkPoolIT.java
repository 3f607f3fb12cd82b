package dev.idem.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Injector;
import dev.idem.cli.command.FigureJob;
import dev.idem.cli.environment.Environment;
import dev.idem.figures.FigureResult;
import dev.idem.figures.RunPool;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.Table;
import dev.idem.runs.sweep.SweepRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A figure whose runs are computed by Spark is the figure that is computed here. */
class SparkPoolIT {

  @TempDir Path temporary;

  private final Injector injector = FigureJob.injector(Map.of(), List.of());

  private static FigureJob efficacy(String version) {
    return new FigureJob("efficacy", "smoke", 3, "as-published", "cpu", "float32", false, version);
  }

  private RunPool pool(FigureJob job) throws Exception {
    return new SparkPool.Factory()
        .open(
            job,
            new SweepRunner.Options(
                temporary, Optional.empty(), 0, Optional.of("local[2]"), Map.of(), List.of()));
  }

  private static List<List<List<Object>>> numbers(FigureResult result) {
    return result.tables().stream().filter(table -> !table.timing()).map(Table::rows).toList();
  }

  @Test
  void efficacyIsTheSame() throws Exception {
    FigureJob job = efficacy(Environment.version());
    FigureResult here = job.draw(injector, new ParallelRuns(2));
    FigureResult there;
    try (RunPool pool = pool(job)) {
      there = job.draw(injector, pool);
    }

    assertThat(numbers(here)).hasSizeGreaterThan(3);
    assertThat(numbers(there)).isEqualTo(numbers(here));
    assertThat(there.measured()).isEqualTo(here.measured());
    assertThat(there.findings()).isEqualTo(here.findings());
  }

  @Test
  void aWorkerOfAnotherVersionIsRefused() throws Exception {
    FigureJob job = efficacy("0.0.9");
    try (RunPool pool = pool(job)) {
      assertThatThrownBy(() -> job.draw(injector, pool))
          .hasMessageContaining("was started with 0.0.9; install the same version");
    }
  }
}
