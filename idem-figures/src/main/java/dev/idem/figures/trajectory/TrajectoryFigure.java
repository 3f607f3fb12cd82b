package dev.idem.figures.trajectory;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.TrainingPlan;
import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Mark;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.LinearMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ways that both methods take from the same starts, in parameters and in eigenvalues. */
public final class TrajectoryFigure implements Figure {

  private static final List<Complex> STARTS =
      List.of(
          new Complex(-0.25, 0.45),
          new Complex(0.15, 0.7),
          new Complex(0.42, 0.85),
          new Complex(0.58, 0.85),
          new Complex(0.95, 0.75),
          new Complex(1.25, 0.4),
          new Complex(0.3, -0.35),
          new Complex(0.7, -0.35),
          new Complex(0.46, -0.7),
          new Complex(1.2, -0.6));
  private static final Axis RE = Axis.linear("Re").from(-0.8, 1.8);
  private static final Axis IM = Axis.linear("Im").from(-1.2, 1.2);
  private static final int WIDTH = 16;
  private static final double PLANE_RATE = 0.02;
  private static final double SPECTRUM_RATE = 0.1;
  private static final int EVERY = 1;

  @Override
  public String title() {
    return "Optimisation trajectories";
  }

  @Override
  public String paperShows() {
    return "Figures 3 and 4: both trajectories of a network in the plane of the first two principal"
        + " components of the visited parameters, over the loss; the gradients’ norms; their absolute"
        + " cosine on each trajectory and between the separate runs.";
  }

  @Override
  public String ourSetting() {
    return "Figures 3 and 4: an MLP with tanh and seven hidden layers as wide as its input (154; 32 in"
        + " quick), 2,500 epochs (1,000 in quick) of gradient descent at rate 0.07 on one sample of 64 of"
        + " N(0, I), at both"
        + " scales of the gradients, from three seeds (paper: five), the first of which is drawn. Beyond the"
        + " paper, two maps whose idempotents are known, trained by SGD on standard normal batches of 128, as in every other figure. First the"
        + " two-parameter map k = a + ib (rate 0.02, substituted; 0.01, canonical, whose"
        + " gradient is twice as long near an idempotent), then the eigenvalues of a 16 × 16"
        + " matrix with N(0, 1/16) entries (rate 0.1 for both).";
  }

  @Override
  public Optional<Duration> quickTime() {
    return Optional.of(Duration.ofSeconds(36));
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.STRONGER_SIGNAL, PaperClaims.DIFFERENT_TRAJECTORY);
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    int steps = context.preset().choose(10, 2_000, 4_000);
    int methods = Methods.all().size();
    context
        .progress()
        .begin(
            "trajectory",
            (long) methods * (STARTS.size() + 1) + ParameterPaths.runs(context.preset()));
    List<ParameterPaths> all = ParameterPaths.all(context);
    TrajectoryClaims claims = new TrajectoryClaims(all);
    ParameterPaths drawn =
        all.stream()
            .filter(paths -> paths.scale() == context.gradientScale())
            .findFirst()
            .orElseThrow();
    ParameterPathCharts parameters = new ParameterPathCharts(drawn, context);
    List<Chart> planes = new ArrayList<>();
    List<Chart> spectra = new ArrayList<>();
    List<Row> planeRows = new ArrayList<>();
    List<Row> spectrumRows = new ArrayList<>();
    List<String> measured = new ArrayList<>(parameters.sentences());
    for (Map.Entry<String, IdempotencyStrategy> method : Methods.all().entrySet()) {
      String name = method.getKey();
      List<Trajectory> paths = planePaths(method.getValue(), name, steps, context);
      planes.add(planeChart(name, paths));
      planeRows.addAll(rows(name, paths));
      measured.add(planeSentence(name, paths));
      List<Trajectory> eigenvalues = spectrumPaths(method.getValue(), steps, context);
      spectra.add(spectrumChart(name, eigenvalues));
      spectrumRows.addAll(rows(name, eigenvalues));
      measured.add(spectrumSentence(name, eigenvalues));
    }
    context.progress().end();
    return new FigureResult(
        List.of(
            parameters.drawing(),
            new Drawing(
                "plane",
                "Training k = a + ib from %s starts (open circles) for %s steps; arrows: the exact flow of each method. Idempotents are 0 and 1; the dashed line is Re k = 1/2. Paths that leave the frame come back, see the longest excursion above."
                    .formatted(STARTS.size(), steps),
                new ChartGrid(2, 470, 440, planes)),
            new Drawing(
                "spectrum",
                "The %s eigenvalues of one matrix, seed %s, from the same start (open circles) to their place after %s steps (filled)."
                    .formatted(WIDTH, context.seed(), steps),
                new ChartGrid(2, 470, 440, spectra))),
        List.of(
            claims.table(),
            parameters.table(),
            table("plane", "Every point of the paths in the plane.", planeRows),
            table("spectrum", "Every point of the paths of the eigenvalues.", spectrumRows)),
        measured,
        claims.findings());
  }

  private static Table table(String name, String caption, List<Row> rows) {
    return Table.filed(
        name,
        caption,
        rows,
        List.of(
            new Column<>("method", Row::method),
            new Column<>("path", Row::path),
            new Column<>("step", row -> row.place().step()),
            new Column<>("re", row -> row.place().at().re()),
            new Column<>("im", row -> row.place().at().im())));
  }

  private record Row(String method, int path, Trajectory.Place place) {}

  private static List<Row> rows(String method, List<Trajectory> paths) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      for (Trajectory.Place place : paths.get(i).places()) {
        rows.add(new Row(method, i, place));
      }
    }
    return rows;
  }

  private static List<Trajectory> planePaths(
      IdempotencyStrategy strategy, String name, int steps, FigureContext context) {
    double rate = name.equals(Strategies.CANONICAL) ? PLANE_RATE / 2 : PLANE_RATE;
    List<Trajectory> paths = new ArrayList<>();
    for (Complex start : STARTS) {
      Network network = new RotationScaling(start.re(), start.im());
      TrainingPlan plan = plan(steps, rate, context.seed());
      paths.addAll(
          Trajectory.record(
              context.engine(),
              Trajectory.task(network, strategy, new Gaussian(2), plan),
              view -> {
                double[] k = view.parameter(RotationScaling.PARAMETER);
                return List.of(new Complex(k[0], k[1]));
              }));
      context.progress().advance(1);
    }
    return paths;
  }

  private static List<Trajectory> spectrumPaths(
      IdempotencyStrategy strategy, int steps, FigureContext context) {
    Network network = new LinearMap(WIDTH, Initializers.lecunNormal());
    DataSource data = new Gaussian(Shape.of(WIDTH), 0, 1);
    TrainingPlan plan = plan(steps, SPECTRUM_RATE, context.seed());
    String kernel = network.parameters().get(0).name();
    List<Trajectory> paths =
        Trajectory.record(
            context.engine(),
            Trajectory.task(network, strategy, data, plan),
            view -> Trajectory.eigenvalues(view.parameter(kernel), WIDTH));
    context.progress().advance(1);
    return paths;
  }

  private static TrainingPlan plan(int steps, double rate, long seed) {
    return TrainingPlan.quick().toBuilder()
        .steps(steps)
        .learningRate(rate)
        .evaluateEvery(EVERY)
        .seed(seed)
        .build();
  }

  private static Chart planeChart(String method, List<Trajectory> paths) {
    return paths(
        Chart.of(method, RE, IM).arrows(Style.REFERENCE, flow(method)), method, paths, "k");
  }

  private static Chart spectrumChart(String method, List<Trajectory> paths) {
    return paths(Chart.of(method, RE, IM), method, paths, "eigenvalues");
  }

  private static Chart paths(
      Chart.Builder chart, String method, List<Trajectory> paths, String what) {
    chart.line("Re = 1/2", Style.REFERENCE, List.of(new Point(0.5, -1.2), new Point(0.5, 1.2)));
    Style style = Methods.style(method);
    List<Point> starts = new ArrayList<>();
    List<Point> ends = new ArrayList<>();
    for (Trajectory path : paths) {
      chart.line("", style, path.points());
      starts.add(path.points().get(0));
      ends.add(path.points().get(path.points().size() - 1));
    }
    return chart
        .openPoints(what + " at the start", style, starts)
        .points("at the end", style, ends)
        .build();
  }

  /** The direction each method moves k in, on a grid, arrows of shortened length. */
  private static List<Mark.Arrow> flow(String method) {
    List<Mark.Arrow> arrows = new ArrayList<>();
    for (double re = -0.7; re < 1.75; re += 0.15) {
      for (double im = -1.1; im < 1.15; im += 0.15) {
        Complex k = new Complex(re, im);
        Complex v = method.equals(Strategies.CANONICAL) ? canonicalFlow(k) : substitutedFlow(k);
        double length = Math.max(v.modulus(), 1e-9);
        double shown = 0.09 * Math.tanh(2 * length) / length;
        arrows.add(new Mark.Arrow(new Point(re, im), v.re() * shown, v.im() * shown));
      }
    }
    return arrows;
  }

  /** 3k^2 - 2k^3 - k. */
  private static Complex substitutedFlow(Complex k) {
    Complex square = k.times(k);
    return square.times(3).minus(square.times(k).times(2)).minus(k);
  }

  /** -(conjugate of (2k - 1)) (k^2 - k): the gradient of |k^2 - k|^2 / 2, downhill. */
  private static Complex canonicalFlow(Complex k) {
    Complex derivative = k.times(2).minus(Complex.ONE).conjugate();
    return derivative.times(k.minus(k.times(k)));
  }

  private static String planeSentence(String method, List<Trajectory> paths) {
    return String.format(
        Locale.ROOT,
        "Plane, %s: %d of %d paths end within 0.05 of 0 or 1; the longest excursion reaches |k| ="
            + " %.2f.",
        method,
        paths.stream().filter(path -> path.distanceFromIdempotent() < 0.05).count(),
        paths.size(),
        paths.stream().mapToDouble(Trajectory::farthest).max().orElse(Double.NaN));
  }

  private static String spectrumSentence(String method, List<Trajectory> paths) {
    return String.format(
        Locale.ROOT,
        "Eigenvalues, %s: %d of %d end within 0.05 of 0 or 1, of them %d at 1; the longest"
            + " excursion reaches modulus %.2f%s.",
        method,
        paths.stream().filter(path -> path.distanceFromIdempotent() < 0.05).count(),
        paths.size(),
        paths.stream().filter(path -> path.end().minus(Complex.ONE).modulus() < 0.05).count(),
        paths.stream().mapToDouble(Trajectory::farthest).max().orElse(Double.NaN),
        paths.get(0).diverged() ? "; the run diverged and was stopped" : "");
  }

  /**
   * The linear map of the plane with two parameters, (x1, x2) to (a x1 - b x2, b x1 + a x2): a
   * product with the complex number k = a + ib. Real one-parameter maps take the same way under
   * both methods; this is the smallest family in which they do not.
   *
   * @param re the starting a
   * @param im the starting b
   */
  record RotationScaling(double re, double im) implements Network {

    /** The name of the only parameter, [a, b]. */
    static final String PARAMETER = "k";

    /**
     * Lays (x1, x2) out as the pairs (x1, -x2) and (x2, x1), whose inner products with (a, b)
     * count.
     */
    private static final double[] PAIRS = {
      1, 0, 0, 1,
      0, -1, 1, 0
    };

    @Override
    public Shape shape() {
      return Shape.of(2);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          new ParameterSpec(
              PARAMETER, Shape.of(1, 1, 2, 1), 2, 2, (parameter, random) -> new double[] {re, im}));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T pairs = ops.matMul(x, ops.constant(Shape.of(2, 4), PAIRS));
      T image = ops.reshape(pairs, Shape.of(2, 1, 2));
      return ops.reshape(ops.conv2d(image, pass.parameter(PARAMETER), 1, 0), Shape.of(2));
    }

    @Override
    public String description() {
      return "multiplication by k = a + ib, from " + re + " + " + im + "i";
    }
  }
}
