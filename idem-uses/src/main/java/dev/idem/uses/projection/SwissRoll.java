package dev.idem.uses.projection;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The points (r cos t, h, r sin t) with r = t / t_1, for t from t_0 = 1.5 pi to t_1 = 4.5 pi and h
 * from -1 to 1 (Tenenbaum, de Silva and Langford, Science 2000, scaled to radius 1): a sheet rolled
 * up one and a half times, its windings 0.44 apart.
 */
record SwissRoll() implements Manifold {

  private static final double FIRST = 1.5 * Math.PI;
  private static final double LAST = 4.5 * Math.PI;

  /**
   * Between places of the grid; about ten times less than the spiral's least radius of curvature.
   */
  private static final int INTERVALS = 400;

  private static final double STEP = (LAST - FIRST) / INTERVALS;
  private static final int HALVINGS = 60;
  private static final double[][] GRID = grid();

  private static double[][] grid() {
    double[][] grid = new double[INTERVALS + 1][];
    Arrays.setAll(grid, i -> spiral(place(i)));
    return grid;
  }

  private static double place(int i) {
    return i == INTERVALS ? LAST : FIRST + i * STEP;
  }

  private static double[] spiral(double t) {
    return new double[] {t / LAST * Math.cos(t), t / LAST * Math.sin(t)};
  }

  @Override
  public String name() {
    return "swiss roll in R^3";
  }

  @Override
  public int width() {
    return 3;
  }

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public double noise() {
    return 0.1;
  }

  /** Uniform in t and h. */
  @Override
  public double[] draw(RandomGenerator random) {
    double[] on = spiral(random.nextDouble(FIRST, LAST));
    return new double[] {on[0], random.nextDouble(-1, 1), on[1]};
  }

  /**
   * P(x): h is the second coordinate, brought between -1 and 1; t the best of all local minima of
   * the distance in the plane, each found to rounding between neighbours on a grid.
   */
  @Override
  public double[] nearest(double[] x) {
    double best = Double.POSITIVE_INFINITY;
    double[] on = GRID[0];
    for (int i = 0; i <= INTERVALS; i++) {
      double here = squaredDistance(x, GRID[i]);
      boolean minimum =
          (i == 0 || here <= squaredDistance(x, GRID[i - 1]))
              && (i == INTERVALS || here <= squaredDistance(x, GRID[i + 1]));
      if (minimum) {
        double[] refined =
            spiral(stationary(x, place(Math.max(i - 1, 0)), place(Math.min(i + 1, INTERVALS))));
        double distance = squaredDistance(x, refined);
        if (distance < best) {
          best = distance;
          on = refined;
        }
      }
    }
    return new double[] {on[0], Math.max(-1, Math.min(1, x[1])), on[1]};
  }

  private static double squaredDistance(double[] x, double[] on) {
    double first = x[0] - on[0];
    double third = x[2] - on[1];
    return first * first + third * third;
  }

  /** Where the distance stops falling, by bisection of its derivative; an end if it never does. */
  private static double stationary(double[] x, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (low + high);
      if (slope(x, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    // The ends themselves, which halving only comes near to.
    return low == from && from == FIRST ? from : high == to && to == LAST ? to : 0.5 * (low + high);
  }

  /** Of the sign of the derivative by t of the squared distance, (s(t) - x) . s'(t). */
  private static double slope(double[] x, double t) {
    double cos = Math.cos(t);
    double sin = Math.sin(t);
    double r = t / LAST;
    return (r * cos - x[0]) * (cos - t * sin) + (r * sin - x[2]) * (sin + t * cos);
  }
}
