package dev.idem.figures.trajectory;

import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.figures.chart.Chart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The way of one complex number through training.
 *
 * @param places in order, at least the start
 * @param diverged whether the guard stopped the run
 */
record Trajectory(List<Place> places, boolean diverged) {

  /** Where the number was once {@code step} steps were done. */
  record Place(long step, Complex at) {}

  Trajectory {
    places = List.copyOf(places);
  }

  static TrainingTask task(
      Network network, IdempotencyStrategy strategy, DataSource data, TrainingPlan plan) {
    return TrainingTask.of(network, TrainingObjective.of(strategy), data, plan);
  }

  /**
   * Trains, and follows the numbers that {@code read} finds at each evaluation. Numbers come in no
   * order of their own; each is taken for a near one of the evaluation before, closest pairs first.
   */
  static List<Trajectory> record(
      TrainingEngine engine, TrainingTask task, Function<NetworkView, List<Complex>> read) {
    List<List<Place>> paths = new ArrayList<>();
    TrainingListener follower =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            follow(paths, stepsDone, read.apply(network));
          }
        };
    boolean diverged = false;
    try {
      engine.train(task, follower).close();
    } catch (DivergenceException e) {
      diverged = true;
    }
    List<Trajectory> trajectories = new ArrayList<>();
    for (List<Place> path : paths) {
      trajectories.add(new Trajectory(path, diverged));
    }
    return trajectories;
  }

  private static void follow(List<List<Place>> paths, long step, List<Complex> found) {
    if (paths.isEmpty()) {
      found.forEach(at -> paths.add(new ArrayList<>(List.of(new Place(step, at)))));
      return;
    }
    for (Pair pair : nearestPairs(paths, found)) {
      paths.get(pair.path()).add(new Place(step, found.get(pair.candidate())));
    }
  }

  private record Pair(int path, int candidate, double distance) {}

  /** Each path with one candidate, the closest pair first. */
  private static List<Pair> nearestPairs(List<List<Place>> paths, List<Complex> found) {
    List<Pair> pairs = new ArrayList<>();
    for (int path = 0; path < paths.size(); path++) {
      Complex last = paths.get(path).get(paths.get(path).size() - 1).at();
      for (int candidate = 0; candidate < found.size(); candidate++) {
        pairs.add(new Pair(path, candidate, found.get(candidate).minus(last).modulus()));
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::distance));
    Set<Integer> pathsTaken = new HashSet<>();
    Set<Integer> candidatesTaken = new HashSet<>();
    List<Pair> chosen = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!pathsTaken.contains(pair.path()) && candidatesTaken.add(pair.candidate())) {
        pathsTaken.add(pair.path());
        chosen.add(pair);
      }
    }
    return chosen;
  }

  List<Point> points() {
    return places.stream().map(place -> new Point(place.at().re(), place.at().im())).toList();
  }

  Complex end() {
    return places.get(places.size() - 1).at();
  }

  double distanceFromIdempotent() {
    return Math.min(end().modulus(), end().minus(Complex.ONE).modulus());
  }

  double farthest() {
    return places.stream().mapToDouble(place -> place.at().modulus()).max().orElse(Double.NaN);
  }

  /**
   * The eigenvalues of a matrix, by real part and then imaginary part.
   *
   * @param matrix row-major, [width, width]
   */
  static List<Complex> eigenvalues(double[] matrix, int width) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(width, false, false);
    if (!decomposition.decompose(new DMatrixRMaj(width, width, true, matrix.clone()))) {
      throw new ArithmeticException(
          "the eigenvalues of a %s x %s matrix did not converge".formatted(width, width));
    }
    List<Complex> eigenvalues = new ArrayList<>();
    for (int i = 0; i < decomposition.getNumberOfEigenvalues(); i++) {
      Complex_F64 value = decomposition.getEigenvalue(i);
      eigenvalues.add(new Complex(value.real, value.imaginary));
    }
    eigenvalues.sort(Comparator.comparingDouble(Complex::re).thenComparingDouble(Complex::im));
    return eigenvalues;
  }
}
