package dev.idem.figures.run;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.report.Document;
import dev.idem.figures.report.Document.Part;
import dev.idem.figures.report.Document.Section;
import dev.idem.figures.report.Embedded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the runs of several seeds come to, to be shown as a page that links theirs.
 *
 * @param title its heading
 * @param facts what they are, by name
 * @param seeds those that have begun, in order
 * @param meanings a sentence on each metric, by name
 * @param settings the content of their experiment file
 * @param commands to type next, by what they do
 */
public record SeedsReport(
    String title,
    Map<String, String> facts,
    List<Seed> seeds,
    Map<String, String> meanings,
    String settings,
    Map<String, String> commands) {

  /**
   * The run of a seed.
   *
   * @param name such as {@code seed 1}
   * @param href of its page
   * @param state how far it is
   * @param evaluations what each evaluation measured
   */
  public record Seed(String name, String href, String state, Measurements evaluations) {}

  public SeedsReport {
    facts = new LinkedHashMap<>(facts);
    seeds = List.copyOf(seeds);
    meanings = Map.copyOf(meanings);
    commands = new LinkedHashMap<>(commands);
  }

  /**
   * Writes the page, replacing an earlier one.
   *
   * @throws IOException if that fails
   */
  public void write(OutputFolder folder) throws IOException {
    Set<String> metrics = new LinkedHashSet<>();
    seeds.forEach(seed -> metrics.addAll(seed.evaluations().columns().keySet()));
    List<Part> runs = new ArrayList<>();
    seeds.forEach(seed -> runs.add(new Part.Link(seed.href(), seed.name() + ": " + seed.state())));
    runs.add(new Part.Numbers(table(metrics)));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("seeds", "Seeds", runs));
    List<Embedded> curves = metrics.stream().map(this::curve).toList();
    if (!curves.isEmpty()) {
      sections.add(new Section("curves", "Curves", List.of(new Part.Images(true, curves))));
    }
    sections.add(Section.next(commands));
    sections.add(Section.settings(settings));
    new Document(title, Optional.empty(), facts, sections).write(folder);
  }

  private Table table(Set<String> metrics) {
    List<Column<Seed>> columns = new ArrayList<>();
    columns.add(new Column<>("run", Seed::name));
    metrics.forEach(
        metric -> columns.add(new Column<>(metric, seed -> seed.evaluations().last(metric))));
    return Table.shown("seeds", "The last evaluation of each.", seeds, columns);
  }

  private Embedded curve(String metric) {
    Map<String, Track> tracks = new LinkedHashMap<>();
    for (Seed seed : seeds) {
      Track track = seed.evaluations().columns().get(metric);
      if (track != null) {
        tracks.put(seed.name(), track);
      }
    }
    return Curves.drawn(
        metric, meanings.getOrDefault(metric, metric + " on held-out samples."), tracks);
  }
}
