package dev.idem.figures.generative;

import dev.idem.api.algebra.Shape;
import dev.idem.figures.Drawing;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import dev.idem.generative.image.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The grids of images: samples, reconstructions, iterates, interpolations, projections. */
final class GenerativePictures {

  private static final double SCALE = 1.5;
  private static final List<String> POWERS = List.of("f", "f²", "f³");

  private final Shape shape;
  private final List<GeneratorRun<Snapshots>> runs;

  GenerativePictures(Shape shape, List<GeneratorRun<Snapshots>> runs) {
    this.shape = shape;
    this.runs = runs;
  }

  List<Drawing> all() {
    List<Drawing> drawings = new ArrayList<>();
    drawings.add(samples());
    drawings.add(iterates());
    drawings.add(reconstructions());
    drawings.add(interpolations());
    drawings.addAll(projections());
    return drawings;
  }

  private Drawing samples() {
    List<Block> blocks = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      run.pictures()
          .ifPresent(
              taken ->
                  blocks.add(
                      Block.of(
                          title(run),
                          row("z", taken.generated().get(0)),
                          row("f(z)", taken.generated().get(1)),
                          row("f²(z)", taken.generated().get(2)),
                          row("f³(z)", taken.generated().get(3)))));
    }
    return drawing(
        "samples",
        "The first %d samples of each method from the same noise, none chosen.",
        Snapshots.COLUMNS,
        1,
        blocks);
  }

  private Drawing iterates() {
    List<String> labels = Snapshots.APPLICATIONS.stream().map(k -> "k = " + k).toList();
    List<Block> blocks = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      run.pictures()
          .ifPresent(
              taken -> {
                List<Row> rows = new ArrayList<>();
                for (int sample = 0; sample < taken.iterated().get(0).length; sample++) {
                  int index = sample;
                  float[][] along =
                      taken.iterated().stream()
                          .map(iterate -> iterate[index])
                          .toArray(float[][]::new);
                  rows.add(row("", along));
                }
                blocks.add(new Block(title(run), labels, rows));
              });
    }
    return drawing(
        "iterates",
        "f applied k times, up to 100, to the first %d samples of noise.",
        8,
        2,
        blocks);
  }

  private Drawing reconstructions() {
    List<Row> rows = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      run.pictures()
          .ifPresent(
              taken -> {
                if (rows.isEmpty()) {
                  rows.add(row("x", taken.reconstructed().get(0)));
                }
                rows.add(row("f(x), " + run.name(), taken.reconstructed().get(1)));
              });
    }
    return drawing(
        "reconstructions",
        "The first %d held-out images and what each method makes of them.",
        Snapshots.COLUMNS,
        1,
        rows.isEmpty() ? List.of() : List.of(new Block("", List.of(), rows)));
  }

  private Drawing interpolations() {
    List<Block> blocks = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      run.pictures()
          .ifPresent(
              taken ->
                  blocks.add(
                      new Block(
                          title(run),
                          List.of(),
                          taken.interpolated().stream().map(way -> row("", way)).toList())));
    }
    return drawing(
        "interpolations",
        "f along interpolations between two noise samples, at 12 points"
            + " each; %d interpolations, the same for each method.",
        3,
        2,
        blocks);
  }

  private List<Drawing> projections() {
    List<Drawing> drawings = new ArrayList<>();
    for (String degradation :
        runs.stream()
            .flatMap(run -> run.pictures().stream())
            .flatMap(taken -> taken.projected().keySet().stream())
            .distinct()
            .toList()) {
      List<Block> blocks = new ArrayList<>();
      for (GeneratorRun<Snapshots> run : runs) {
        run.pictures()
            .ifPresent(
                taken -> {
                  List<float[][]> rows = GenerativeFigure.known(taken.projected(), degradation);
                  List<Row> shown = new ArrayList<>(List.of(row(degradation, rows.get(0))));
                  for (int k = 1; k < rows.size(); k++) {
                    shown.add(row(POWERS.get(k - 1), rows.get(k)));
                  }
                  blocks.add(new Block(title(run), List.of(), shown));
                });
      }
      drawings.add(
          drawing(
              "projections-" + degradation,
              "Held-out digits degraded by "
                  + degradation
                  + ", and what one, two and three applications make of the first %d.",
              10,
              2,
              blocks));
    }
    return drawings;
  }

  /** The method and its verdict, so that a collapse is named beside the images. */
  private static String title(GeneratorRun<Snapshots> run) {
    return run.measurement()
        .map(
            measured ->
                String.format(
                    Locale.ROOT,
                    "%s: %s, relative error %.4f%s",
                    run.name(),
                    measured.state(),
                    measured.relativeError(),
                    measured.idempotent() ? "" : " (not below 0.02)"))
        .orElse(run.name() + ": DIVERGED");
  }

  private Row row(String label, float[][] samples) {
    List<BufferedImage> images =
        Arrays.stream(samples).map(sample -> Pixels.picture(sample, shape)).toList();
    return new Row(label, images);
  }

  private static Drawing drawing(
      String name, String caption, int count, int columns, List<Block> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalStateException("every run diverged; nothing can be drawn");
    }
    return new Drawing(
        name,
        String.format(Locale.ROOT, caption, count),
        new ImageGrid("", columns, SCALE, blocks));
  }
}
