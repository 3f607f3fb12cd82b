package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.evaluation.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeasureOptionsTest {

  private static MeasureOptions.Chosen chosen(String... arguments) {
    return CommandLine.populateCommand(new MeasureOptions(), arguments).chosen(List.of("own"));
  }

  /** A metric of a plug-in that fails says that '--without own' leaves it out. */
  @Test
  void withoutLeavesOutOfTheMetricsThatWereNamedToo() {
    MeasureOptions.Chosen chosen = chosen("--metrics", "recall,own", "--without", "own");
    assertThat(chosen.measures()).containsExactly(Measure.RECALL);
    assertThat(chosen.contributed()).isEmpty();
  }

  @Test
  void withoutAloneLeavesOutOfAll() {
    MeasureOptions.Chosen chosen = chosen("--without", "recall");
    assertThat(chosen.measures()).hasSize(Measure.all().size() - 1);
    assertThat(chosen.contributed()).containsExactly("own");
  }
}
