package dev.idem.figures.trajectory;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.TrainingObjective;
import dev.idem.figures.FigureContext.GradientScale;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The gradients of both methods at one place, every parameter's in a row.
 *
 * @param loss mean (f(f(x)) - f(x))^2 on the sample
 * @param ordinary of the canonical loss, at one of its scales
 * @param modified the substituted gradient, over the batch
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
record BothGradients(double loss, double[] ordinary, double[] modified) {

  static final TrainingObjective MODIFIED =
      TrainingObjective.of(
          new SubstitutedGradient(
              IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, OptionalDouble.empty()));

  /** The objective of the canonical loss at a scale; the substituted gradient has one alone. */
  static TrainingObjective ordinary(GradientScale scale) {
    return TrainingObjective.of(
        switch (scale) {
          case AS_PUBLISHED -> new CanonicalStrategy(1, Scale.BATCH_AND_WIDTH_MEAN);
          case EQUAL -> new CanonicalStrategy(0.5, Scale.BATCH_MEAN);
        });
  }

  static BothGradients at(GradientScale scale, ReferenceModel model, ReferenceTensor x) {
    Map<String, ReferenceTensor> batch = Map.of(TrainingObjective.DEFAULT_INPUT, x);
    ReferenceModel.Differentiated canonical = model.differentiate(ordinary(scale), batch);
    double term = canonical.terms().values().iterator().next();
    double loss =
        switch (scale) {
          case AS_PUBLISHED -> term;
          case EQUAL -> 2 * term / model.network().shape().size();
        };
    return new BothGradients(
        loss, flat(model, canonical), flat(model, model.differentiate(MODIFIED, batch)));
  }

  private static double[] flat(ReferenceModel model, ReferenceModel.Differentiated at) {
    return model.network().parameters().stream()
        .flatMapToDouble(p -> Arrays.stream(at.gradients().get(p.name())))
        .toArray();
  }

  Measured measured() {
    return new Measured(loss, norm(ordinary), norm(modified), cosine(ordinary, modified));
  }

  /** What is measured at a place. */
  record Measured(double loss, double ordinary, double modified, double cosine) {}

  /** |a . b| / (|a| |b|), in [0, 1]; not-a-number if one is zero. */
  static double cosine(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return Math.min(1, Math.abs(dot) / (norm(a) * norm(b)));
  }

  static double norm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
