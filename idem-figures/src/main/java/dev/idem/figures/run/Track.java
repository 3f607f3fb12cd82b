package dev.idem.figures.run;

import dev.idem.figures.chart.Chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A value over the steps of a run, however many there are, in at most {@value #MOST} points: each
 * is the mean of the finite values of equally many rows, with their least and greatest.
 */
final class Track {

  private static final int MOST = 600;

  private final List<Bin> bins = new ArrayList<>();
  private int rowsPerBin = 1;
  private double first = Double.NaN;
  private double last = Double.NaN;
  private long rows;

  /** Successive rows. */
  private static final class Bin {
    private int rows;
    private double steps;
    private int finite;
    private double sum;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void add(double step, double value) {
      rows++;
      steps += step;
      if (Double.isFinite(value)) {
        finite++;
        sum += value;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }

    void add(Bin next) {
      rows += next.rows;
      steps += next.steps;
      finite += next.finite;
      sum += next.sum;
      low = Math.min(low, next.low);
      high = Math.max(high, next.high);
    }

    Point at(double value) {
      return new Point(steps / rows, finite == 0 ? Double.NaN : value);
    }
  }

  void add(double step, double value) {
    first = rows == 0 ? value : first;
    last = value;
    rows++;
    if (bins.isEmpty() || bins.get(bins.size() - 1).rows == rowsPerBin) {
      if (bins.size() == MOST) {
        halve();
      }
      bins.add(new Bin());
    }
    bins.get(bins.size() - 1).add(step, value);
  }

  private void halve() {
    List<Bin> halved = new ArrayList<>();
    for (int i = 0; i < bins.size(); i += 2) {
      bins.get(i).add(bins.get(i + 1));
      halved.add(bins.get(i));
    }
    bins.clear();
    bins.addAll(halved);
    rowsPerBin *= 2;
  }

  /** The number of rows that a point is the mean of. */
  int rowsPerPoint() {
    return rowsPerBin;
  }

  double first() {
    return first;
  }

  double last() {
    return last;
  }

  /** The least finite value; not-a-number if there is none. */
  double least() {
    return finite(bin -> bin.low).min().orElse(Double.NaN);
  }

  /** The greatest finite value; not-a-number if there is none. */
  double greatest() {
    return finite(bin -> bin.high).max().orElse(Double.NaN);
  }

  private DoubleStream finite(ToDoubleFunction<Bin> value) {
    return bins.stream().filter(bin -> bin.finite > 0).mapToDouble(value);
  }

  /** The means; a gap where no value is finite. */
  List<Point> means() {
    return bins.stream().map(bin -> bin.at(bin.sum / bin.finite)).toList();
  }

  List<Point> lows() {
    return bins.stream().map(bin -> bin.at(bin.low)).toList();
  }

  List<Point> highs() {
    return bins.stream().map(bin -> bin.at(bin.high)).toList();
  }
}
