package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a command computes on, if nothing is said. */
class ComputeOptionsTest {

  @Command
  private static final class Computing {
    @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();
  }

  private static int threads(String... arguments) {
    Computing computing = new Computing();
    CommandLine line = new CommandLine(computing);
    line.parseArgs(arguments);
    return computing.engineOptions.engine().threads();
  }

  @Test
  void oneThreadWhateverTheMachineHasAndAsManyAsAreAskedFor() {
    assertThat(threads()).isEqualTo(1);
    assertThat(threads("--threads", "3")).isEqualTo(3);
  }
}
