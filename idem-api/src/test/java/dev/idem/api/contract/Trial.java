package dev.idem.api.contract;

import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.TrainingObjective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network with values for its parameters, and a batch: what a strategy is tried on. */
record Trial(StackedNetwork network, Map<String, double[]> values, ReferenceTensor batch) {

  /** A smooth network with random parameters. */
  static Trial smooth(Shape shape, int batch) {
    StackedNetwork network = StackedNetwork.smooth(shape);
    return new Trial(network, InitialParameters.of(network, 11), Batches.normal(3, batch, shape));
  }

  /** The map x K on a batch. */
  static Trial linear(StackedNetwork network, double[] kernel, ReferenceTensor batch) {
    int n = network.shape().size();
    Map<String, double[]> values = new LinkedHashMap<>();
    values.put("kernel.0", kernel);
    values.put("bias.0", new double[n]);
    return new Trial(network, values, batch);
  }

  /** Another batch. */
  Trial on(ReferenceTensor other) {
    return new Trial(network, values, other);
  }

  /** A target of each sample, if the strategy says that it reads one. */
  private @Nullable ReferenceTensor target(IdempotencyStrategy strategy) {
    return strategy.readsTarget()
        ? Batches.normal(5, batch.shape().dimension(0), network.shape())
        : null;
  }

  private Map<String, ReferenceTensor> targets(IdempotencyStrategy strategy) {
    ReferenceTensor target = target(strategy);
    return target == null ? Map.of() : Map.of(TrainingObjective.DEFAULT_INPUT, target);
  }

  /** The objective that the engine would descend. */
  Objective<ReferenceTensor> objective(
      IdempotencyStrategy strategy, TensorAlgebra<ReferenceTensor> ops) {
    Iterates<ReferenceTensor> f = model(values).iterates(batch, target(strategy));
    Objective<ReferenceTensor> objective =
        Rule.of(culprit(strategy), "on " + this, () -> strategy.objective(f, ops));
    Rule.require(
        objective != null,
        "%s returned null on %s; return a Loss or an OutputGradient",
        culprit(strategy),
        this);
    return objective;
  }

  /** The gradients that the engine would descend. */
  ReferenceModel.Differentiated differentiate(IdempotencyStrategy strategy) {
    return Rule.of(
        culprit(strategy),
        "on " + this,
        () ->
            model(values)
                .differentiate(
                    TrainingObjective.of(strategy),
                    Map.of(TrainingObjective.DEFAULT_INPUT, batch),
                    targets(strategy),
                    Map.of()));
  }

  /** The largest of all derivatives, without regard to sign. */
  double largestGradient(IdempotencyStrategy strategy) {
    return differentiate(strategy).gradients().values().stream()
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  /**
   * The gradients against finite differences of the loss, or of the product of the output with the
   * substituted gradient, with everything constant that the strategy holds.
   */
  void requireGradients(IdempotencyStrategy strategy) {
    HeldAlgebra algebra = new HeldAlgebra();
    Objective<ReferenceTensor> here = objective(strategy, algebra.remembering());
    ReferenceModel frozen = model(values);
    FiniteDifferences.require(
        culprit(strategy),
        Integer.MAX_VALUE,
        values,
        differentiate(strategy).gradients(),
        moved -> {
          ReferenceModel model = model(moved);
          Iterates<ReferenceTensor> f =
              new Iterates<>(batch, target(strategy), model::apply, model::apply, frozen::apply);
          return scalar(here, strategy.objective(f, algebra.recalling()));
        });
  }

  private static double scalar(Objective<ReferenceTensor> here, Objective<ReferenceTensor> there) {
    if (there instanceof Loss<ReferenceTensor> loss) {
      return loss.value().scalar();
    }
    double[] gradient = ((OutputGradient<ReferenceTensor>) here).gradient().values();
    double[] output = ((OutputGradient<ReferenceTensor>) there).output().values();
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += gradient[i] * output[i];
    }
    return sum;
  }

  private ReferenceModel model(Map<String, double[]> at) {
    return new ReferenceModel(network, at);
  }

  static String culprit(IdempotencyStrategy strategy) {
    return "strategy " + strategy.getClass().getName();
  }

  @Override
  public String toString() {
    return "a batch of shape " + batch.shape() + " and the network " + network.description();
  }
}
