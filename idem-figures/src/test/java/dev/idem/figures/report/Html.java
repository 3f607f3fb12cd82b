package dev.idem.figures.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nu.validator.client.EmbeddedValidator;
import nu.validator.client.EmbeddedValidator.OutputFormat;
import org.xml.sax.SAXException;

/** The checker of the W3C. */
public final class Html {

  private Html() {}

  /** What is wrong with a page. */
  public static List<String> problems(String html) throws IOException, SAXException {
    EmbeddedValidator validator = new EmbeddedValidator();
    validator.setOutputFormat(OutputFormat.GNU);
    validator.setForceHTML(true);
    validator.setNoLangDetect(true);
    try (InputStream content = new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8))) {
      return validator.validate(content).lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
