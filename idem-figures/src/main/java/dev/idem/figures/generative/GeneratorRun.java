package dev.idem.figures.generative;

import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.metrics.CollapseAlarm;
import dev.idem.eval.metrics.CollapseAlarm.RankShare;
import dev.idem.generative.model.Generator;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A generator, trained and measured, with the images drawn from it.
 *
 * @param name of the method
 * @param setting the value varied, if one is
 * @param training how it was trained
 * @param measurement empty if the run diverged
 * @param divergence what the guard said, if it did
 * @param curve seen during training
 * @param shares the collapse alarm's history
 * @param warnings of the collapse alarm
 * @param pictures what was drawn from the generator; empty if the run diverged
 * @param <P> what that is
 */
record GeneratorRun<P>(
    String name,
    String setting,
    GeneratorTraining training,
    Optional<Measurement> measurement,
    Optional<String> divergence,
    Curve curve,
    List<RankShare> shares,
    List<String> warnings,
    Optional<P> pictures) {

  /** Samples looked at during training. */
  private static final int WATCHED = 256;

  /** A run to do. */
  record Case(String name, String setting, GeneratorTraining training) {}

  static <P> GeneratorRun<P> of(
      Case work, Judge judge, TrainingEngine engine, Function<Generator, P> pictures) {
    GeneratorTraining training = work.training();
    int watched = Math.min(WATCHED, judge.samples());
    float[][] z = Arrays.copyOf(judge.noise(training.noise()), watched);
    float[][] x = Arrays.copyOf(judge.real(), watched);
    Curve curve = new Curve(x, z);
    List<String> warnings = new ArrayList<>();
    CollapseAlarm alarm =
        new CollapseAlarm(
            CollapseAlarm.Rule.warning(),
            z,
            x,
            warning -> warnings.add("step " + warning.step() + ": " + warning.message()),
            GeneratorRun::generated);
    try (TrainedNetwork network = training.train(engine, List.of(curve, alarm))) {
      Generator generator =
          new Generator(training.recipe().imageShape(), training.noise(), network);
      return new GeneratorRun<>(
          work.name(),
          work.setting(),
          training,
          Optional.of(judge.measure(network, training.noise())),
          Optional.empty(),
          curve,
          alarm.history(),
          warnings,
          Optional.of(pictures.apply(generator)));
    } catch (DivergenceException e) {
      return new GeneratorRun<>(
          work.name(),
          work.setting(),
          training,
          Optional.empty(),
          Optional.of(String.valueOf(e.getMessage())),
          curve,
          alarm.history(),
          warnings,
          Optional.empty());
    }
  }

  private static float[][] generated(NetworkView network, float[][] z) {
    return network.apply(z, GenerativeObjective.NOISE);
  }

  long seed() {
    return training.recipe().plan().seed();
  }

  /** The verdict in a word or two. */
  String state() {
    return measurement.map(Measurement::state).orElse("DIVERGED");
  }
}
