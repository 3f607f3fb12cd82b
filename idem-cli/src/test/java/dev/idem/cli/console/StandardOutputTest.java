package dev.idem.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Output that takes nothing. */
class StandardOutputTest {

  private static final OutputStream FULL =
      new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          throw new IOException("No space left on device");
        }
      };

  private static boolean fails(boolean isPipe) {
    StandardOutput output = new StandardOutput(FULL, () -> isPipe);
    PrintWriter writer = new PrintWriter(output, true, StandardCharsets.UTF_8);
    writer.println("a line");
    return writer.checkError();
  }

  @Test
  void aFullDiskIsAnError() {
    assertThat(fails(false)).isTrue();
  }

  @Test
  void aPipeWhoseReaderHasLeftIsNotATerminal() {
    assertThat(fails(true)).isFalse();
  }
}
