package dev.idem.figures.report;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in Chromium. */
class ReportOnAPhoneIT {

  /** That of the widest of {@link TypicalReport}. */
  private static final int PICTURE_WIDTH = 4 * 270;

  @TempDir static Path temporary = Path.of("");

  @BeforeAll
  static void writeReport() throws IOException {
    if (Screen.chromium().isPresent()) {
      TypicalReport.write(temporary);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void pageFitsTheScreenAndCanBeRead(int width) throws IOException, InterruptedException {
    Screen.check(temporary, width, PICTURE_WIDTH);
  }
}
