package dev.idem.models.classifier;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.NetworkState;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.classifier.ClassifierModel.ClassifierCard;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.storage.FileCard;
import java.util.List;
import java.util.Map;

/**
 * The training of the digit classifier: {@link ConvClassifier#digits} by {@link
 * CrossEntropyStrategy}, through the same engine and loop as everything else. The plan is this
 * project's choice, made once and not tuned on the images held out.
 *
 * @param digits what is trained on, and the images held out that the result is measured by
 * @param plan how long, how fast, from which seed
 */
public record ClassifierTraining(ImageDataSource digits, TrainingPlan plan) {

  private static final String INPUT = "digits";

  /**
   * The plan of the embedded classifier: 3,000 steps of 120 images, which is six epochs of MNIST's
   * 60,000; Adam at 0.002, brought down to zero by half a cosine.
   */
  public static TrainingPlan plan(long seed) {
    return TrainingPlan.quick().toBuilder()
        .steps(3_000)
        .batchSize(120)
        .learningRate(0.002)
        .optimizer(new Optimizer.Adam())
        .schedule(new Schedule.Cosine(0))
        .evaluateEvery(3_000)
        .seed(seed)
        .build();
  }

  /** The training of the embedded classifier, on these digits from this seed. */
  public static ClassifierTraining of(ImageDataSource digits, long seed) {
    return new ClassifierTraining(digits, plan(seed));
  }

  /**
   * Trains, and measures the accuracy on all images held out.
   *
   * @throws dev.idem.api.training.DivergenceException if a number is not finite
   */
  public ClassifierModel train(TrainingEngine engine, List<? extends TrainingListener> listeners) {
    ConvClassifier network = ConvClassifier.digits();
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new TrainingObjective.Term("cross-entropy", new CrossEntropyStrategy(), INPUT)));
    TrainingTask task =
        new TrainingTask(
            network, objective, Map.of(INPUT, digits.classified(network.classes())), plan);
    NetworkState state;
    try (TrainedNetwork trained = engine.train(task, listeners)) {
      state = trained.state();
    }
    double accuracy;
    try (DigitClassifier classifier = new DigitClassifier(state, engine)) {
      accuracy = classifier.accuracy(digits.heldOutImages());
    }
    ClassifierCard card =
        new ClassifierCard(
            network.description(),
            network.parameterCount(),
            plan.seed(),
            plan.toString(),
            digits.description(),
            digits.trainingImages().sha256(),
            digits.heldOutImages().sha256(),
            accuracy,
            engine.description(),
            FileCard.of(ClassifierModel.weights(state)));
    return new ClassifierModel(state, card);
  }

  /**
   * The mean cross-entropy over the batch between targets t, probabilities such as one-hot classes,
   * and outputs f(x), logarithms of probabilities:
   *
   * <pre>L = - 1/batch * sum over batch and classes of t f(x)</pre>
   */
  public record CrossEntropyStrategy() implements IdempotencyStrategy {

    @Override
    public boolean readsTarget() {
      return true;
    }

    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T sum = ops.sum(ops.multiply(f.target(), f.output()));
      return new Loss<>(ops.multiply(sum, -1.0 / ops.batchSize(f.output())));
    }

    @Override
    public String formula() {
      return "L = - t . f(x), f(x) log-probabilities";
    }
  }
}
