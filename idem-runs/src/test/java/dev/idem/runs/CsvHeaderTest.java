package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows never come under the header of other columns. */
class CsvHeaderTest {

  private static final TrainingTask TASK = LinearRun.task(3);

  private final Path path;

  CsvHeaderTest(@TempDir Path folder) {
    path = folder.resolve("table.csv");
  }

  private static Map<String, ToDoubleFunction<NetworkView>> metrics(String... names) {
    Map<String, ToDoubleFunction<NetworkView>> metrics = new LinkedHashMap<>();
    for (String name : names) {
      metrics.put(name, network -> 1);
    }
    return metrics;
  }

  private Map<String, double[]> savedMetrics() throws IOException {
    try (CsvListener.Evaluations csv =
        new CsvListener.Evaluations(path, metrics("error", "power"))) {
      csv.started(TASK);
      csv.evaluated(0, LinearRun.view(1, 0, 0, 1));
      return csv.save();
    }
  }

  @Test
  void aRunThatResumesWithOtherMetricsIsRefusedAndItsTableLeftAsItIs() throws IOException {
    Map<String, double[]> saved = savedMetrics();
    String before = Files.readString(path);
    for (String[] other : new String[][] {{"power"}, {"power", "error"}, {"error", "power", "x"}}) {
      try (CsvListener.Evaluations csv = new CsvListener.Evaluations(path, metrics(other))) {
        assertThatThrownBy(() -> csv.restore(saved))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(path + " has the columns 'steps done,error,power'")
            .hasMessageContaining("would write 'steps done," + String.join(",", other) + "'");
      }
      assertThat(path).hasContent(before);
    }
    try (CsvListener.Evaluations csv =
        new CsvListener.Evaluations(path, metrics("error", "power"))) {
      csv.restore(saved);
      csv.resumed(TASK, 1);
      csv.evaluated(2, LinearRun.view(1, 0, 0, 1));
    }
    assertThat(path).hasContent(before + "2,1.0,1.0\n");
  }

  @Test
  void aRunThatResumesWithOtherTermsIsRefusedAndItsTableLeftAsItIs() throws IOException {
    Map<String, double[]> saved;
    try (CsvListener csv = new CsvListener(path)) {
      csv.started(TASK);
      saved = csv.save();
    }
    String before = Files.readString(path);
    TrainingTask other =
        new TrainingTask(
            TASK.network(),
            new TrainingObjective(
                List.of(new TrainingObjective.Term("other", new CanonicalStrategy(), "x"))),
            TASK.inputs(),
            TASK.plan());
    try (CsvListener csv = new CsvListener(path)) {
      csv.restore(saved);
      assertThatThrownBy(() -> csv.resumed(other, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("would write 'step,other,gradient norm,learning rate'");
    }
    assertThat(path).hasContent(before);
  }
}
