package dev.idem.figures.report;

import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.report.Report.ClaimRow;
import dev.idem.figures.report.Report.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as one page that needs no other file to be read. */
public final class ReportWriter {

  /** The name of the page. */
  public static final String PAGE = Page.NAME;

  /** A figure opens with so many sentences and its first drawing; the rest is folded. */
  private static final int LEADING_SENTENCES = 5;

  private static final String TEMPLATE = "report.mustache.html";

  private ReportWriter() {}

  /**
   * Writes {@link #PAGE}, replacing an earlier one.
   *
   * @throws IOException if that fails
   */
  public static void write(Report report, OutputFolder folder) throws IOException {
    Page.write(folder, ReportWriter.class, TEMPLATE, page(report));
  }

  private static Map<String, Object> page(Report report) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("command", report.command());
    boolean smoke = Preset.SMOKE.label().equals(report.configuration().get("preset"));
    page.put("smoke", smoke);
    page.put("aspects", Arrays.stream(Aspect.values()).map(Aspect::label).toList());
    page.put("paperClaims", claims(report, true, smoke));
    page.put("hasFurtherTests", report.claims().stream().anyMatch(row -> !row.claim().ofPaper()));
    page.put("furtherTests", claims(report, false, smoke));
    page.put("figures", report.entries().stream().map(ReportWriter::figure).toList());
    page.put("configuration", Page.pairs(report.configuration()));
    page.put("environment", Page.pairs(report.environment()));
    return page;
  }

  private static List<Map<String, Object>> claims(Report report, boolean ofPaper, boolean smoke) {
    List<Map<String, Object>> claims = new ArrayList<>();
    for (ClaimRow row : report.claims()) {
      if (row.claim().ofPaper() == ofPaper) {
        List<Aspect> shown = ofPaper ? List.of(Aspect.values()) : row.claim().aspects();
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("name", row.claim().name());
        claim.put("statement", row.claim().statement());
        claim.put("rule", row.claim().rule());
        claim.put("setting", row.setting());
        claim.put("timed", row.claim().timing() && !row.found().isEmpty());
        claim.put("aspects", shown.stream().map(aspect -> aspect(row, aspect, smoke)).toList());
        claim.put("hasFigure", row.figure().isPresent());
        claim.put("figure", row.figure().orElse(""));
        claim.put("command", row.command());
        claims.add(claim);
      }
    }
    return claims;
  }

  /** A cell of the table; one that does not apply has a reason and no verdict. */
  private static Map<String, Object> aspect(ClaimRow row, Aspect aspect, boolean smoke) {
    Map<String, Object> cell = new LinkedHashMap<>();
    cell.put("label", row.claim().ofPaper() ? aspect.label() : "measured");
    String reason = row.claim().without().get(aspect);
    cell.put("applies", reason == null);
    if (reason != null) {
      cell.put("reason", reason);
      return cell;
    }
    String verdict = row.verdict(aspect).label();
    cell.put("verdict", verdict);
    cell.put("look", smoke ? "undecided" : verdict.replace(' ', '-'));
    cell.put("measured", row.measured(aspect));
    return cell;
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
    List<String> measured = result.measured();
    List<Map<String, Object>> drawings =
        result.drawings().stream().map(drawing -> Page.drawing(drawing, path(entry))).toList();
    figure.put("leadingSentences", head(measured, LEADING_SENTENCES));
    figure.put("sentences", tail(measured, LEADING_SENTENCES));
    figure.put("hasSentences", measured.size() > LEADING_SENTENCES);
    figure.put("leadingDrawing", head(drawings, 1));
    figure.put("drawings", tail(drawings, 1));
    figure.put(
        "tables",
        result.tables().stream()
            .filter(Table::inReport)
            .map(table -> Page.table(table, path(entry)))
            .toList());
    figure.put("hasFiles", !result.tables().isEmpty());
    figure.put(
        "files",
        result.tables().stream()
            .map(t -> Map.of("href", path(entry) + t.fileName(), "caption", t.caption()))
            .toList());
    return figure;
  }

  private static <T> List<T> head(List<T> all, int count) {
    return all.subList(0, Math.min(count, all.size()));
  }

  private static <T> List<T> tail(List<T> all, int from) {
    return all.subList(Math.min(from, all.size()), all.size());
  }

  private static String path(Entry entry) {
    return entry.name() + "/";
  }
}
