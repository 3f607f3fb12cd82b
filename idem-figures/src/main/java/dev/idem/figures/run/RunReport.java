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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run folder holds, to be shown as a page that needs no other file.
 *
 * @param title its heading
 * @param trouble why the run ended early; empty if it did not
 * @param facts what it is and how far, by name
 * @param steps what each step measured
 * @param evaluations what each evaluation measured
 * @param meanings a sentence on each metric, by name
 * @param samples of the trained generator, a PNG file; empty if there are none
 * @param snapshots of a generator through training, by step
 * @param settings the content of its experiment file
 * @param provenance software, machine and data, by name
 * @param commands to type next, by what they do
 */
@SuppressWarnings("ArrayRecordComponent") // an image to show, never compared
public record RunReport(
    String title,
    Optional<String> trouble,
    Map<String, String> facts,
    Measurements steps,
    Measurements evaluations,
    Map<String, String> meanings,
    Optional<byte[]> samples,
    List<Snapshot> snapshots,
    String settings,
    Map<String, String> provenance,
    Map<String, String> commands) {

  private static final List<String> NOT_TERMS = List.of("gradient norm", "learning rate");

  /**
   * An image of the network after some steps.
   *
   * @param name of what it shows, the same at each step
   * @param png a PNG file
   */
  @SuppressWarnings("ArrayRecordComponent") // an image to show, never compared
  public record Snapshot(long step, String name, byte[] png) {}

  public RunReport {
    facts = new LinkedHashMap<>(facts);
    meanings = Map.copyOf(meanings);
    snapshots = List.copyOf(snapshots);
    provenance = new LinkedHashMap<>(provenance);
    commands = new LinkedHashMap<>(commands);
  }

  /**
   * Writes the page, replacing an earlier one. The same report gives the same bytes on the same
   * machine.
   *
   * @throws IOException if that fails
   */
  public void write(OutputFolder folder) throws IOException {
    List<Section> sections = new ArrayList<>();
    samples.ifPresent(
        png -> {
          Embedded drawn = new Embedded("z, and f applied once, twice and three times.", png);
          sections.add(
              new Section("samples", "Samples", List.of(new Part.Images(false, List.of(drawn)))));
        });
    sections.add(new Section("curves", "Curves", curves()));
    if (evaluations.lastStep() >= 0) {
      sections.add(new Section("metrics", "Metrics", List.of(new Part.Numbers(metrics()))));
    }
    sections.addAll(throughTraining());
    sections.add(Section.next(commands));
    sections.add(Section.settings(settings));
    sections.add(new Section("provenance", "Provenance", List.of(new Part.Pairs(provenance))));
    new Document(title, trouble, facts, sections).write(folder);
  }

  private List<Part> curves() {
    List<Part> parts = new ArrayList<>();
    steps.damage().ifPresent(damage -> parts.add(new Part.Text(damage + ".")));
    evaluations.damage().ifPresent(damage -> parts.add(new Part.Text(damage + ".")));
    List<Embedded> drawn = new ArrayList<>();
    Map<String, Track> terms = new LinkedHashMap<>(steps.columns());
    terms.keySet().removeAll(NOT_TERMS);
    if (steps.lastStep() >= 0) {
      if (!terms.isEmpty()) {
        drawn.add(Curves.drawn("loss terms", "The terms of the loss on each batch.", terms));
      }
      for (String name : NOT_TERMS) {
        Track track = steps.columns().get(name);
        // A constant learning rate is among the settings.
        if (track != null && track.least() < track.greatest()) {
          drawn.add(Curves.drawn(name, "The " + name + " at each step.", Map.of(name, track)));
        }
      }
    }
    if (evaluations.lastStep() >= 0) {
      evaluations
          .columns()
          .forEach(
              (name, track) ->
                  drawn.add(
                      Curves.drawn(
                          name,
                          meanings.getOrDefault(name, name + " on held-out samples."),
                          Map.of(name, track))));
    }
    if (drawn.isEmpty()) {
      parts.add(new Part.Text("Nothing has been measured yet."));
    } else {
      parts.add(new Part.Images(true, drawn));
    }
    return parts;
  }

  private Table metrics() {
    return Table.shown(
        "metrics",
        String.format(
            Locale.ROOT,
            "On held-out samples at %,d evaluation%s, the last after step %,d.",
            evaluations.rows(),
            evaluations.rows() == 1 ? "" : "s",
            evaluations.lastStep()),
        List.copyOf(evaluations.columns().entrySet()),
        List.<Column<Map.Entry<String, Track>>>of(
            new Column<>("metric", Map.Entry::getKey),
            new Column<>("last", metric -> metric.getValue().last()),
            new Column<>("first", metric -> metric.getValue().first()),
            new Column<>("lowest finite", metric -> metric.getValue().least()),
            new Column<>("highest finite", metric -> metric.getValue().greatest())));
  }

  /** A section for each kind of image, samples first. */
  private List<Section> throughTraining() {
    Map<String, List<Embedded>> byName = new LinkedHashMap<>();
    for (Snapshot snapshot : snapshots) {
      String caption =
          snapshot.step() == 0
              ? "Untrained."
              : String.format(
                  Locale.ROOT,
                  "After %,d step%s.",
                  snapshot.step(),
                  snapshot.step() == 1 ? "" : "s");
      byName
          .computeIfAbsent(snapshot.name(), name -> new ArrayList<>())
          .add(new Embedded(caption, snapshot.png()));
    }
    List<Section> sections = new ArrayList<>();
    byName.forEach(
        (name, images) ->
            sections.add(
                new Section(
                    name + "-through-training",
                    name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1)
                        + " through training",
                    List.of(
                        new Part.Text("The same inputs at each step."),
                        new Part.Images(true, images)))));
    sections.sort(Comparator.comparing(section -> !section.id().startsWith("samples")));
    return sections;
  }
}
