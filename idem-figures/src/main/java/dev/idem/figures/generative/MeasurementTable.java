package dev.idem.figures.generative;

import dev.idem.figures.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measurements as rows. */
final class MeasurementTable {

  private static final List<String> HEADER =
      List.of(
          "method",
          "setting",
          "seed",
          "state",
          "reconstruction",
          "as in training",
          "relative error",
          "rank share",
          "closest-pair share",
          "identity distance",
          "Fréchet, f",
          "Fréchet, f²",
          "Fréchet, f³",
          "nearest digit",
          "digit Fréchet",
          "coverage");

  private MeasurementTable() {}

  static Table of(String name, List<? extends GeneratorRun<?>> runs, Judge judge) {
    return Table.shown(name, caption(judge), HEADER, rows(runs));
  }

  static Table filed(String name, List<? extends GeneratorRun<?>> runs, Judge judge) {
    return Table.filed(name, caption(judge), HEADER, rows(runs));
  }

  private static String caption(Judge judge) {
    return String.format(
        Locale.ROOT,
        "On %d held-out digits and samples of noise. Reconstruction: mean squared error of f(x), in inference and as in training. Diverse: both shares at least one half. Nearest digit: median distance of f(z) to the nearest training digit, over that of held-out digits. Digit Fréchet and coverage: in the digit classifier's features; as many training digits are at %.0f and %.2f.",
        judge.samples(),
        judge.digitFrechet(judge.floor()),
        judge.coverage(judge.floor()));
  }

  private static List<List<Object>> rows(List<? extends GeneratorRun<?>> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (GeneratorRun<?> run : runs) {
      List<Object> row = new ArrayList<>();
      row.add(run.name());
      row.add(run.setting());
      row.add(run.seed());
      row.add(run.state());
      run.measurement()
          .ifPresentOrElse(
              measured -> row.addAll(numbers(measured)),
              () -> {
                while (row.size() < HEADER.size()) {
                  row.add(Double.NaN);
                }
              });
      rows.add(row);
    }
    return rows;
  }

  private static List<Double> numbers(Measurement measured) {
    return List.of(
        measured.reconstruction(),
        measured.reconstructionAsInTraining(),
        measured.relativeError(),
        measured.diversity().rankShare(),
        measured.diversity().pairShare(),
        measured.identityDistance(),
        measured.frechet().get(0),
        measured.frechet().get(1),
        measured.frechet().get(2),
        measured.nearest(),
        measured.digitFrechet(),
        measured.coverage());
  }
}
