package dev.idem.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What is drawn and coloured, by the environment and the launcher. */
class TerminalTest {

  private static Terminal terminal(Map<String, String> environment, String columns) {
    Properties launcher = new Properties();
    launcher.setProperty("idem.terminal", "true");
    launcher.setProperty("idem.columns", columns);
    return Terminal.of(environment, launcher);
  }

  @Test
  void aBarIsAsWideAsTheLauncherSaysLessTheLastColumn() {
    Terminal terminal = terminal(Map.of("TERM", "xterm"), "132");
    assertThat(terminal).isEqualTo(new Terminal(true, 132, Ansi.AUTO));
    // Without a width it would open JLine's terminal, after which Ctrl-C kills the process.
    assertThat(ConsoleProgress.screen(terminal).get())
        .isInstanceOf(ConsoleProgressBarConsumer.class)
        .extracting("maxRenderedLength")
        .isEqualTo(131);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "wide", "999999999999"})
  void anInvalidWidthCountsAsEighty(String columns) {
    assertThat(terminal(Map.of(), columns).columns()).isEqualTo(80);
  }

  @Test
  void aDumbTerminalGetsLinesWithoutColours() {
    Terminal dumb = terminal(Map.of("TERM", "dumb"), "80");
    assertThat(dumb).isEqualTo(new Terminal(false, 80, Ansi.OFF));
    assertThat(ConsoleProgress.screen(dumb)).isNull();
  }

  @Test
  void noColorTakesTheColoursAloneAndNothingIfEmpty() {
    assertThat(terminal(Map.of("NO_COLOR", "1"), "80")).isEqualTo(new Terminal(true, 80, Ansi.OFF));
    assertThat(terminal(Map.of("NO_COLOR", ""), "80").colours()).isEqualTo(Ansi.AUTO);
  }

  @Test
  void outputThatIsNoTerminalGetsNoBar() {
    assertThat(Terminal.of(Map.of("TERM", "xterm"), new Properties()).redraws()).isFalse();
  }
}
