package dev.idem.figures.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import nu.validator.client.EmbeddedValidator;
import nu.validator.client.EmbeddedValidator.OutputFormat;
import org.xml.sax.SAXException;

/** The checker of the W3C. */
public final class Html {

  /** Images' bytes, which the checker would read for seconds. */
  private static final Pattern IMAGE = Pattern.compile("(data:image/png;base64,)[A-Za-z0-9+/=]+");

  private Html() {}

  /** What is wrong with a page. */
  public static List<String> problems(String html) throws IOException, SAXException {
    EmbeddedValidator validator = new EmbeddedValidator();
    validator.setOutputFormat(OutputFormat.GNU);
    validator.setForceHTML(true);
    validator.setNoLangDetect(true);
    byte[] page = IMAGE.matcher(html).replaceAll("$1AAAA").getBytes(StandardCharsets.UTF_8);
    try (InputStream content = new ByteArrayInputStream(page)) {
      return validator.validate(content).lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
