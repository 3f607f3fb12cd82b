package dev.idem.figures.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.report.Report.ClaimRow;
import dev.idem.figures.report.Report.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as one page that needs no other file to be read. */
public final class ReportWriter {

  /** The name of the page. */
  public static final String PAGE = "index.html";

  private static final String TEMPLATE = "report.mustache.html";

  private ReportWriter() {}

  /**
   * Writes {@link #PAGE}, replacing an earlier one.
   *
   * @throws IOException if that fails
   */
  public static void write(Report report, OutputFolder folder) throws IOException {
    String page = template().execute(page(report));
    folder.write(PAGE, page.getBytes(StandardCharsets.UTF_8));
  }

  private static Template template() throws IOException {
    InputStream resource = ReportWriter.class.getResourceAsStream(TEMPLATE);
    if (resource == null) {
      throw new IOException("resource " + TEMPLATE + " is missing from the jar");
    }
    try (Reader reader = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).compile(reader);
    }
  }

  private static Map<String, Object> page(Report report) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("command", report.command());
    page.put("smoke", Preset.SMOKE.label().equals(report.configuration().get("preset")));
    page.put("claims", claims(report.claims()));
    page.put("figures", report.entries().stream().map(ReportWriter::figure).toList());
    page.put("configuration", pairs(report.configuration()));
    page.put("environment", pairs(report.environment()));
    return page;
  }

  private static List<Map<String, String>> pairs(Map<String, String> values) {
    List<Map<String, String>> pairs = new ArrayList<>();
    values.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
    return pairs;
  }

  private static List<Map<String, Object>> claims(List<ClaimRow> rows) {
    List<Map<String, Object>> claims = new ArrayList<>();
    for (ClaimRow row : rows) {
      Map<String, Object> claim = new LinkedHashMap<>();
      claim.put("name", row.claim().name());
      claim.put("statement", row.claim().statement());
      claim.put("rule", row.claim().rule());
      claim.put("setting", row.setting());
      claim.put("measured", row.measured());
      claim.put("timed", row.claim().timing() && row.verdict() != Verdict.NOT_MEASURED);
      claim.put("verdict", row.verdict().label());
      claim.put("look", row.verdict().label().replace(' ', '-'));
      claim.put("hasFigure", row.figure().isPresent());
      claim.put("figure", row.figure().orElse(""));
      claim.put("command", row.command());
      claims.add(claim);
    }
    return claims;
  }

  private static Map<String, Object> figure(Entry entry) {
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("name", entry.name());
    figure.put("title", entry.figure().title());
    figure.put("paperShows", entry.figure().paperShows());
    figure.put("ourSetting", entry.figure().ourSetting());
    figure.put("command", entry.command());
    figure.put("seconds", String.format(Locale.ROOT, "%.0f", entry.seconds()));
    figure.put("failed", entry.failure().isPresent());
    figure.put("failure", entry.failure().orElse(""));
    FigureResult result = entry.result().orElse(new FigureResult(List.of(), List.of(), List.of()));
    figure.put("measured", result.measured());
    figure.put("drawings", result.drawings().stream().map(d -> drawing(entry.name(), d)).toList());
    figure.put(
        "tables",
        result.tables().stream().filter(Table::inReport).map(t -> table(entry.name(), t)).toList());
    figure.put("hasFiles", !result.tables().isEmpty());
    figure.put(
        "files",
        result.tables().stream()
            .map(t -> Map.of("href", href(entry.name(), t), "caption", t.caption()))
            .toList());
    return figure;
  }

  private static Map<String, Object> drawing(String figure, Drawing drawing) {
    String png = Base64.getEncoder().encodeToString(drawing.picture().png());
    return Map.of(
        "caption", drawing.caption(),
        "source", "data:image/png;base64," + png,
        "width", drawing.picture().width(),
        "height", drawing.picture().height(),
        "svg", "%s/%s.svg".formatted(figure, drawing.name()));
  }

  private static String href(String figure, Table table) {
    return figure + "/" + table.fileName();
  }

  private static Map<String, Object> table(String figure, Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Object> row : table.rows()) {
      rows.add(Map.of("cells", row.stream().map(ReportWriter::cell).toList()));
    }
    return Map.of(
        "caption", table.caption(),
        "href", href(figure, table),
        "header", table.header(),
        "rows", rows);
  }

  private static Map<String, Object> cell(Object cell) {
    if (cell instanceof Double number) {
      return Map.of("text", digits(number), "number", true);
    }
    return Map.of("text", cell.toString(), "number", cell instanceof Number);
  }

  private static String digits(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(number);
    boolean plain = size == 0 || (size >= 0.01 && size < 10_000);
    return plain
        ? new BigDecimal(number).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.1e", number);
  }
}
