package dev.idem.cli.figure;

import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.Complex;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
   * order of their own; each is taken for the nearest of the evaluation before.
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
    List<Complex> left = new ArrayList<>(found);
    for (List<Place> path : paths) {
      Complex last = path.get(path.size() - 1).at();
      Complex nearest = left.get(0);
      for (Complex candidate : left) {
        if (candidate.minus(last).modulus() < nearest.minus(last).modulus()) {
          nearest = candidate;
        }
      }
      left.remove(nearest);
      path.add(new Place(step, nearest));
    }
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
}
