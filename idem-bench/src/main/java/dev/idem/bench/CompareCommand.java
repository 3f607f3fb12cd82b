package dev.idem.bench;

import dev.idem.api.check.Require;
import dev.idem.bench.Worker.Task;
import dev.idem.bench.Workload.Net;
import dev.idem.bench.Workload.Objective;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.tf.engine.StepProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ObjIntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the time of a training step with PyTorch's and with what the machine can do. */
@Command(
    name = "compare",
    description = {
      "Compare the time of idem's training step with PyTorch's, called through DJL.",
      "Same weights, data and arithmetic; the engines take turns, each in a process of its own.",
      "Writes tables as CSV, and figures with the machine's ceiling."
    })
final class CompareCommand implements Callable<Integer> {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for tables and figures.")
  private Path out = Path.of("bench");

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Number of rounds; each times both engines. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Seconds for which each step is timed per round. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1,2",
      description = "Numbers of threads. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = List.of();

  @Option(
      names = "--net",
      split = ",",
      description = "Networks: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Net> nets = List.of(Net.values());

  /** A step that both engines were timed on. */
  private record Cell(Workload workload, int threads) {}

  /**
   * The median step of each round, in milliseconds.
   *
   * @param idem of idem
   * @param torch of PyTorch
   */
  private record Times(List<Double> idem, List<Double> torch) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Quartiles ratios() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < idem.size(); i++) {
        ratios.add(torch.get(i) / idem.get(i));
      }
      return Quartiles.of(ratios);
    }
  }

  /** What the machine does with so many threads at most, in GFLOP and GB a second. */
  private record Roof(int threads, double product, double copy) {
    Roof higher(Roof other) {
      return new Roof(threads, Math.max(product, other.product), Math.max(copy, other.copy));
    }
  }

  /** All that is known of a cell. */
  private record Row(Cell cell, Times times, StepProfile profile, Agreement agreement, Roof roof) {

    Net net() {
      return cell.workload().net();
    }

    Objective objective() {
      return cell.workload().objective();
    }

    double milliseconds() {
      return Quartiles.of(times.idem()).median();
    }

    double gigaflops() {
      return profile.flops() / milliseconds() / 1e6;
    }

    double intensity() {
      return (double) profile.flops() / profile.bytes();
    }
  }

  @Override
  public Integer call() throws IOException {
    Bench.require(rounds >= 1, "--rounds", rounds, "at least 1");
    Bench.require(seconds > 0, "--seconds", seconds, "positive");
    Bench.require(threads.stream().allMatch(count -> count >= 1), "--threads", threads, "positive");
    OutputFolder folder = OutputFolder.open(out);
    Map<Workload, Agreement> agreements = agreements();
    Map<Integer, Roof> roofs = new LinkedHashMap<>();
    Map<Workload, StepProfile> profiles = profiles();
    Map<Cell, Times> times = new LinkedHashMap<>();
    List<Row> rows = List.of();
    for (int round = 1; round <= rounds; round++) {
      for (int count : threads) {
        roofs.merge(count, roof(count), Roof::higher);
        for (Net net : nets) {
          time(net, count, round % 2 == 0, times);
          say("round %d of %d, %d thread(s): %s", round, rounds, count, net.label());
        }
      }
      rows = rows(times, profiles, roofs, agreements);
      new FigureResult(
              List.of(ratios(rows), roofline(rows)),
              List.of(table(rows), ceilings(List.copyOf(roofs.values()))),
              List.of())
          .write(folder);
    }
    print(rows);
    return 0;
  }

  /** How well the engines agree on each workload; refuses to time what they do not agree on. */
  private Map<Workload, Agreement> agreements() throws IOException {
    Map<Workload, Agreement> agreements = new LinkedHashMap<>();
    for (Net net : nets) {
      Map<String, Double> found = Worker.run(Task.AGREE, net, 1, seconds);
      for (Objective objective : Objective.values()) {
        Agreement agreement =
            new Agreement(
                found.getOrDefault(objective + "/loss", Double.NaN),
                found.getOrDefault(objective + "/weights", Double.NaN),
                found.getOrDefault(objective + "/moved", Double.NaN));
        if (!agreement.holds()) {
          throw new IOException(
              "the engines disagree on %s, %s: %s"
                  .formatted(net.label(), objective.label(), agreement));
        }
        agreements.put(Workload.of(net, objective), agreement);
      }
    }
    say("the engines agree after %d steps", Agreement.STEPS);
    return agreements;
  }

  private Map<Workload, StepProfile> profiles() {
    IdemPeer idem = new IdemPeer(1);
    Map<Workload, StepProfile> profiles = new LinkedHashMap<>();
    for (Net net : nets) {
      for (Objective objective : Objective.values()) {
        profiles.computeIfAbsent(Workload.of(net, objective), idem::profile);
      }
    }
    return profiles;
  }

  private static List<Row> rows(
      Map<Cell, Times> times,
      Map<Workload, StepProfile> profiles,
      Map<Integer, Roof> roofs,
      Map<Workload, Agreement> agreements) {
    List<Row> rows = new ArrayList<>();
    times.forEach(
        (cell, of) -> {
          Workload workload = cell.workload();
          rows.add(
              new Row(
                  cell,
                  of,
                  Require.known(profiles.get(workload), "workload", "" + workload, Set.of()),
                  Require.known(agreements.get(workload), "workload", "" + workload, Set.of()),
                  Require.known(
                      roofs.get(cell.threads()), "threads", "" + cell.threads(), Set.of())));
        });
    return rows;
  }

  private Roof roof(int count) throws IOException {
    Map<String, Double> found = Worker.run(Task.CEILING, Net.MLP_64, count, seconds);
    double product =
        Math.max(
            found.getOrDefault("tensorflow", Double.NaN),
            found.getOrDefault("pytorch", Double.NaN));
    return new Roof(count, product / 1e9, found.getOrDefault("copy", Double.NaN) / 1e9);
  }

  private void time(Net net, int count, boolean torchFirst, Map<Cell, Times> times)
      throws IOException {
    List<Task> order = new ArrayList<>(List.of(Task.IDEM, Task.TORCH));
    if (torchFirst) {
      Collections.reverse(order);
    }
    for (Task engine : order) {
      Map<String, Double> found = Worker.run(engine, net, count, seconds);
      for (Objective objective : Objective.values()) {
        Cell cell = new Cell(Workload.of(net, objective), count);
        Times of = times.computeIfAbsent(cell, any -> new Times());
        (engine == Task.IDEM ? of.idem() : of.torch())
            .add(found.getOrDefault(objective.name(), Double.NaN));
      }
    }
  }

  private static void print(List<Row> rows) {
    rows.forEach(
        row ->
            say(
                "%-20s %-15s %d thread(s): idem %8.2f ms, PyTorch / idem %.2f (%.2f to %.2f),"
                    + " %.0f %% of the ceiling",
                row.net().label(),
                row.objective().label(),
                row.cell().threads(),
                row.milliseconds(),
                row.times().ratios().median(),
                row.times().ratios().lower(),
                row.times().ratios().upper(),
                100 * row.gigaflops() / row.roof().product()));
    double meanLog =
        rows.stream()
            .mapToDouble(row -> Math.log(row.times().ratios().median()))
            .average()
            .orElse(Double.NaN);
    say("geometric mean of the ratios: %.2f", Math.exp(meanLog));
    rows.stream()
        .map(Row::roof)
        .distinct()
        .forEach(
            roof ->
                say(
                    "%d thread(s): matrix product %.0f GFLOP/s, copy %.1f GB/s",
                    roof.threads(), roof.product(), roof.copy()));
  }

  private static Table table(List<Row> rows) {
    return Table.timings(
        "steps",
        "Medians over rounds of each round's median step.",
        rows,
        List.of(
            new Column<>("network", row -> row.net().label()),
            new Column<>("objective", row -> row.objective().label()),
            new Column<>("batch", row -> row.cell().workload().batch()),
            new Column<>("threads", row -> row.cell().threads()),
            new Column<>("idem ms", Row::milliseconds),
            new Column<>("pytorch ms", row -> Quartiles.of(row.times().torch()).median()),
            new Column<>("pytorch / idem", row -> row.times().ratios().median()),
            new Column<>("lower quartile", row -> row.times().ratios().lower()),
            new Column<>("upper quartile", row -> row.times().ratios().upper()),
            new Column<>("GFLOP", row -> row.profile().flops() / 1e9),
            new Column<>("GFLOP/s", Row::gigaflops),
            new Column<>("share of ceiling", row -> row.gigaflops() / row.roof().product()),
            new Column<>("peak MB", row -> row.profile().peakBytes() / 1e6),
            new Column<>("loss difference", row -> row.agreement().loss()),
            new Column<>("weight difference", row -> row.agreement().weights())));
  }

  private static Table ceilings(List<Roof> roofs) {
    return Table.timings(
        "ceilings",
        "The machine's best over rounds: a product of two 2048 x 2048 matrices, a copy.",
        roofs,
        List.of(
            new Column<>("threads", Roof::threads),
            new Column<>("product GFLOP/s", Roof::product),
            new Column<>("copy GB/s", Roof::copy)));
  }

  private Drawing ratios(List<Row> rows) {
    double highest = rows.stream().mapToDouble(row -> row.times().ratios().upper()).max().orElse(1);
    double top = 1.1 * Math.max(1.5, highest);
    return drawing(
        "ratios",
        "How much longer PyTorch's step takes; medians and quartiles of rounds.",
        Axis.linear("network").from(0.5, nets.size() + 0.5),
        Axis.linear("PyTorch's step / idem's").from(0, top),
        (chart, count) -> {
          chart.line("equal", Style.REFERENCE, level(1));
          for (int i = 0; i < nets.size(); i++) {
            // At two heights, so that neighbours do not overlap.
            double height = i % 2 == 0 ? 0.94 : 0.88;
            chart.label(new Point(i + 0.6, height * top), nets.get(i).label());
          }
          List<Objective> objectives = List.of(Objective.values());
          for (int k = 0; k < objectives.size(); k++) {
            Style style = Style.of(k);
            List<Point> medians = new ArrayList<>();
            for (Row row : rows) {
              if (row.cell().threads() == count && row.objective() == objectives.get(k)) {
                double x = nets.indexOf(row.net()) + 1 + 0.15 * (k - 1);
                Quartiles ratio = row.times().ratios();
                medians.add(new Point(x, ratio.median()));
                chart.line(
                    "", style, List.of(new Point(x, ratio.lower()), new Point(x, ratio.upper())));
              }
            }
            chart.points(objectives.get(k).label(), style, medians);
          }
        });
  }

  private List<Point> level(double ratio) {
    return List.of(new Point(0.5, ratio), new Point(nets.size() + 0.5, ratio));
  }

  /** Rates against operations per byte, below min(product's rate, intensity x copy's rate). */
  private Drawing roofline(List<Row> rows) {
    return drawing(
        "roofline",
        "The rate of idem's steps, of products and convolutions alone, and what the machine allows:"
            + " that of a large matrix product, or of memory.",
        Axis.log("operations per byte of the tensors read and written"),
        Axis.log("GFLOP/s"),
        (chart, count) -> {
          List<Row> shown = rows.stream().filter(row -> row.cell().threads() == count).toList();
          shown.stream()
              .map(Row::roof)
              .distinct()
              .forEach(
                  roof -> {
                    double ridge = roof.product() / roof.copy();
                    chart.line(
                        "machine",
                        Style.REFERENCE,
                        List.of(
                            new Point(ridge / 4, roof.product() / 4),
                            new Point(ridge, roof.product()),
                            new Point(20 * ridge, roof.product())));
                  });
          for (int i = 0; i < nets.size(); i++) {
            Net net = nets.get(i);
            chart.points(
                net.label(),
                Style.of(i),
                shown.stream()
                    .filter(row -> row.net() == net)
                    .map(row -> new Point(row.intensity(), row.gigaflops()))
                    .toList());
          }
        });
  }

  /** A panel for each number of threads, filled by {@code marks}. */
  private Drawing drawing(
      String name, String caption, Axis x, Axis y, ObjIntConsumer<Chart.Builder> marks) {
    List<Chart> charts = new ArrayList<>();
    for (int count : threads) {
      Chart.Builder chart = Chart.of(count == 1 ? "one thread" : count + " threads", x, y);
      marks.accept(chart, count);
      charts.add(chart.build());
    }
    return new Drawing(name, caption, new ChartGrid(charts.size(), 480, 340, charts));
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
