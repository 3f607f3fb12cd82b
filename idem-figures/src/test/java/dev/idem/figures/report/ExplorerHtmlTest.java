package dev.idem.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The explorer's page; its own module has an HTTP library that the checker cannot be with. */
class ExplorerHtmlTest {

  @Test
  void isValid() throws IOException, SAXException {
    Path page = Path.of("../idem-explore/src/main/resources/dev/idem/explore/explore.html");

    assertThat(Html.problems(Files.readString(page))).isEmpty();
  }
}
