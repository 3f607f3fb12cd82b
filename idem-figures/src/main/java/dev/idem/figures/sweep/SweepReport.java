package dev.idem.figures.sweep;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.report.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a sweep: a page that needs no other file, its drawings, and its tables. */
public final class SweepReport {

  private static final String TEMPLATE = "sweep.mustache.html";
  private static final String RUNS = "runs";
  private static final int MOST_ROWS = 200;
  private static final int MOST_MESSAGES = 20;

  /** Of the bootstrap, so that the same results give the same report. */
  private static final long SEED = 1;

  private SweepReport() {}

  /**
   * A part of the page.
   *
   * @param id to link to
   * @param text its paragraphs
   */
  private record Section(
      String id, String title, List<String> text, List<Drawing> drawings, List<Table> tables) {}

  /**
   * Writes {@link Page#NAME}, the drawings as PNG and SVG, and the tables as CSV. The same results
   * give the same files on the same machine.
   *
   * @throws IOException if a file cannot be written, naming it
   */
  public static void write(SweepResults results, OutputFolder folder) throws IOException {
    Ranking ranking = Ranking.of(results);
    Bootstrap bootstrap = Bootstrap.seeded(SEED);
    Sentences sentences = new Sentences(results, ranking, bootstrap);
    Tables tables = new Tables(results, ranking, bootstrap);
    RateCurves rates = new RateCurves(results, ranking);
    List<Section> sections = sections(results, ranking, sentences, tables, rates);

    List<Drawing> drawings = sections.stream().flatMap(s -> s.drawings().stream()).toList();
    List<Table> files = new ArrayList<>();
    sections.forEach(section -> files.addAll(section.tables()));
    files.add(tables.configurations());
    rates.table().ifPresent(files::add);
    new FigureResult(drawings, files, List.of()).write(folder);

    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", results.title());
    page.put("command", results.command());
    page.put("summary", sentences.summary());
    page.put("sections", sections.stream().map(section -> section(section, results)).toList());
    List<String> troubles = sentences.troubles(MOST_MESSAGES);
    page.put("troubles", troubles);
    page.put("hasTroubles", !troubles.isEmpty());
    page.put("notes", Page.pairs(results.notes()));
    page.put("hasNotes", !results.notes().isEmpty());
    page.put(
        "files",
        files.stream()
            .map(table -> Map.of("href", table.fileName(), "caption", table.caption()))
            .toList());
    Page.write(folder, SweepReport.class, TEMPLATE, page);
  }

  private static List<Section> sections(
      SweepResults results, Ranking ranking, Sentences sentences, Tables tables, RateCurves rates) {
    Colours colours = new Colours(Scale.ofMetric(ranking.finiteMedians(), ranking.ratio()));
    List<Section> sections = new ArrayList<>();
    // Without a best there is nothing to show, and with nothing beside it nothing to compare.
    if (ranking.best().isPresent() && ranking.ranked().size() > 1) {
      sections.add(parallel(results, ranking, colours));
      addUnlessEmpty(
          sections,
          results.axes().size() == 1
              ? "Along " + results.axes().get(0).key()
              : "Each at its own best rate",
          "rates",
          rates.about(),
          rates.drawings());
      addUnlessEmpty(
          sections,
          "Pairs of axes",
          "maps",
          "Colours: the lowest median over the remaining axes in a grid, the median of each"
              + " configuration among points; darker is better. Grey or hatched: infinite; white:"
              + " nothing ranked; framed in orange: the best.",
          new Maps(results, ranking, colours).drawings());
      sections.add(comparisons(ranking, tables));
      List<Effects> effects = Effects.of(results, ranking);
      sections.add(
          new Section(
              "effects",
              "Which axis matters",
              sentences.effects(effects).stream().toList(),
              List.of(),
              List.of(tables.effects(effects))));
    }
    sections.add(new Section(RUNS, "All runs", List.of(), List.of(), List.of(tables.runs())));
    return sections;
  }

  private static void addUnlessEmpty(
      List<Section> sections, String title, String id, String about, List<Drawing> drawings) {
    if (!drawings.isEmpty()) {
      sections.add(new Section(id, title, List.of(about), drawings, List.of()));
    }
  }

  private static Section parallel(SweepResults results, Ranking ranking, Colours colours) {
    int ranked = ranking.ranked().size();
    int all = ranking.configurations().size();
    int best = ParallelCoordinates.best(ranked);
    String about =
        ("A line for each of %s, through its value on every axis to its median of %s: the darker,"
                + " the better. %s At a value that several share, lines lie apart in the order of"
                + " their medians.%s%s")
            .formatted(
                Sentences.count(all, "configuration"),
                results.metric(),
                best == 1
                    ? "The best is thicker."
                    : "The best %s are thicker, the very best thickest.".formatted(best),
                ranking.finiteMedians().size() < ranked ? " Grey: an infinite median." : "",
                ranked < all ? " Pale, ending before the last axis: not ranked." : "");
    Drawing drawing =
        new Drawing(
            "parallel",
            "All configurations by %s.".formatted(results.metric()),
            new ParallelCoordinates(results, ranking, colours));
    return new Section(
        "configurations", "All configurations", List.of(about), List.of(drawing), List.of());
  }

  private static Section comparisons(Ranking ranking, Tables tables) {
    int pairs = ranking.ranked().get(0).scores().size();
    List<String> text = new ArrayList<>();
    text.add(
        ("The rule: scores are paired by seed; of the %s, the median and its 95 %% percentile"
                + " interval from 10,000 bootstrap resamples. Decided: the interval leaves out %s."
                + " A run that diverged, failed or collapsed counts as infinite and loses against one"
                + " that did not. At least three pairs are needed.%s")
            .formatted(
                ranking.ratio() ? "ratios" : "differences",
                ranking.ratio() ? "1" : "0",
                Sentences.coverage(pairs)));
    text.add(
        "The seeds that chose the best also report on it, which flatters it, the more so the more"
            + " configurations there are; for a number to publish, train the best few again with"
            + " new seeds.");
    return new Section(
        "comparisons",
        "The best against one another",
        text,
        List.of(),
        List.of(tables.comparisons()));
  }

  private static Map<String, Object> section(Section section, SweepResults results) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", section.id());
    values.put("title", section.title());
    values.put("text", section.text());
    values.put(
        "drawings", section.drawings().stream().map(each -> Page.drawing(each, "")).toList());
    values.put("hasDrawings", !section.drawings().isEmpty());
    values.put("gallery", section.drawings().size() > 1);
    values.put("folded", section.id().equals(RUNS));
    values.put(
        "tables",
        section.tables().stream().map(each -> Page.table(shortened(each, results), "")).toList());
    return values;
  }

  /** As much of a table as a page has room for: its file has it in full. */
  private static Table shortened(Table table, SweepResults results) {
    int shown = Math.min(MOST_ROWS, table.rows().size());
    String caption =
        shown < table.rows().size()
            ? "%s The first %s of %s; the file has them all."
                .formatted(table.caption(), shown, table.rows().size())
            : table.caption();
    Map<String, SweepResults.Axis> axes = new HashMap<>();
    results.axes().forEach(axis -> axes.put(axis.key(), axis));
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : table.rows().subList(0, shown)) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        SweepResults.Axis axis = axes.get(table.header().get(i));
        cells.add(
            row.get(i) instanceof String text
                ? axis == null ? Labels.shortened(text, Labels.CELL) : Labels.value(axis, text)
                : row.get(i));
      }
      rows.add(cells);
    }
    List<String> names = results.names();
    List<String> header =
        table.header().stream()
            .map(
                key ->
                    axes.containsKey(key) ? names.get(results.axes().indexOf(axes.get(key))) : key)
            .toList();
    return new Table(table.name(), caption, table.timing(), table.inReport(), header, rows);
  }
}
