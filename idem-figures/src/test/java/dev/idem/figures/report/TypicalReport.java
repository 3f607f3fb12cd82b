package dev.idem.figures.report;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.report.Report.ClaimRow;
import dev.idem.generative.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A page as large as a reproduction's: charts of many panels, image grids, wide tables. */
final class TypicalReport {

  private static final String COMMAND = "./idem reproduce efficacy --preset quick --seed 1";

  private TypicalReport() {}

  private record Described(String title) implements Figure {
    @Override
    public String paperShows() {
      return "Error & training, f(f(x)) < f(x), with \"quotation marks\" and a "
          + "word-that-is-longer-than-a-line-of-any-telephone-is-wide-so-that-it-has-to-be-broken.";
    }

    @Override
    public String ourSetting() {
      return "Ours: mlp 16-64-64-16 leaky-relu, Adam, rates 1e-4 to 1e-1.";
    }

    @Override
    public FigureResult draw(FigureContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** Writes it and answers where the page is. */
  static Path write(Path folder) throws IOException {
    Report report =
        new Report(
            "./idem reproduce --preset quick --seed 1 --threads 2 --out " + "deep/".repeat(20),
            claims(),
            List.of(
                new Report.Entry(
                    "efficacy",
                    new Described("Efficacy & <more>"),
                    COMMAND,
                    Optional.of(result(10)),
                    Optional.empty(),
                    61.5),
                new Report.Entry(
                    "generative",
                    new Described("Generation"),
                    COMMAND,
                    Optional.of(images(8)),
                    Optional.empty(),
                    90),
                new Report.Entry(
                    "bad",
                    new Described("One that failed"),
                    COMMAND,
                    Optional.empty(),
                    Optional.of("it <broke> at " + "/a/long/path".repeat(20)),
                    0.1)),
            Map.of("seed", "1", "rates", "0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1"),
            Map.of("Java", "17", "machine", "x".repeat(200)));
    ReportWriter.write(report, OutputFolder.open(folder));
    return folder.resolve(ReportWriter.PAGE);
  }

  private static List<ClaimRow> claims() {
    List<ClaimRow> rows = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      boolean measured = verdict != Verdict.NOT_MEASURED;
      Claim claim =
          Claim.ofPaper(
                  "Claim that is " + verdict.label(),
                  "With f(f(x)) < f(x) & more the error is lower.",
                  "reproduced if it is lower from every start, in part if from some. ".repeat(3),
                  Map.of(Aspect.MAPS, "a claim without a word on what the maps became"))
              .timed();
      rows.add(row(claim, claim.aspects(), verdict, measured));
      Claim test = Claim.of("Test that is " + verdict.label(), "It holds.", "if it holds");
      rows.add(row(test, test.aspects(), verdict, measured));
    }
    return rows;
  }

  private static ClaimRow row(
      Claim claim, List<Aspect> aspects, Verdict verdict, boolean measured) {
    Map<Aspect, Finding> found = new EnumMap<>(Aspect.class);
    for (Aspect aspect : measured ? aspects : List.<Aspect>of()) {
      found.put(
          aspect,
          new Finding(
              claim,
              aspect,
              "MLP 16-64-64-16 by SGD on N(0, I), 6 rates and 3 seeds. ".repeat(2),
              "mlp fan-in: 1.2e-03 against 3.4e-02, lower in 3 of 3 pairs; ".repeat(6),
              verdict));
    }
    return new ClaimRow(
        claim, found, measured ? Optional.of("efficacy") : Optional.empty(), COMMAND);
  }

  private static FigureResult result(int charts) {
    List<Drawing> drawings = new ArrayList<>();
    for (int i = 0; i < charts; i++) {
      drawings.add(
          new Drawing("chart-" + i, "A \"caption\" & more: ‖f(f(x)) − f(x)‖²/n", panels(i)));
    }
    List<String> header = IntStream.range(0, 14).mapToObj(i -> "quantity " + i).toList();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<Object> row = new ArrayList<>(List.of("substituted, unit gain"));
      row.addAll(Collections.nCopies(13, i / 7.0));
      rows.add(row);
    }
    return new FigureResult(
        drawings,
        List.of(new Table("wide", "Medians with quartiles. ".repeat(8), false, true, header, rows)),
        List.of("measured <so>", "and so"));
  }

  private static ChartGrid panels(int seed) {
    Random random = new Random(seed);
    List<Chart> charts = new ArrayList<>();
    for (int panel = 0; panel < 12; panel++) {
      List<Point> walk = new ArrayList<>();
      double y = 0;
      for (int step = 0; step < 200; step++) {
        y += random.nextGaussian();
        walk.add(new Point(step, y));
      }
      charts.add(
          Chart.of("(" + panel + ")", Axis.linear("step"), Axis.linear("error"))
              .line("canonical", Style.FIRST, walk)
              .build());
    }
    return new ChartGrid(4, 270, 265, charts);
  }

  private static FigureResult images(int grids) {
    Random random = new Random(1);
    List<Drawing> drawings = new ArrayList<>();
    for (int i = 0; i < grids; i++) {
      List<BufferedImage> images = new ArrayList<>();
      for (int k = 0; k < 16; k++) {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 28 * 28; p++) {
          image.getRaster().setSample(p % 28, p / 28, 0, random.nextInt(256));
        }
        images.add(image);
      }
      ImageGrid.Row row = new ImageGrid.Row("f(z)", images);
      drawings.add(
          new Drawing(
              "grid-" + i,
              "The first 16 samples, none chosen.",
              new ImageGrid(
                  "", 1, 2, List.of(ImageGrid.Block.of("canonical", row, row, row, row)))));
    }
    return new FigureResult(drawings, List.of(), List.of("diverse"));
  }
}
