package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.models.classifier.DigitClassifier;
import dev.idem.tf.engine.SavedModelFunction;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The feature space of {@code --features}, and the digit classifier if the images are MNIST's. */
record EvaluationSpace(
    FeatureSpace features, Optional<LabelClassifier> classifier, Runnable release)
    implements AutoCloseable {

  private static final String DIGITS = "digits";
  private static final List<String> NAMES = List.of("pixels", "pca", DIGITS, "saved-model:DIR");
  private static final int COMPONENTS = 64;
  private static final int FITTED = 2_000;

  static void requireKnown(String name) {
    if (!NAMES.contains(name) && !SavedModelName.isOne(name)) {
      throw new UsageException(Suggestions.unknown("feature space", name, NAMES));
    }
  }

  /** {@code digits} for digits, else {@code pca}. */
  static String standard(boolean digits) {
    return digits ? DIGITS : "pca";
  }

  /**
   * Opens a space.
   *
   * @param known whether they are MNIST's digits: the classifier says nothing of others
   * @param training samples to fit to
   * @throws IllegalArgumentException if it does not suit the images
   */
  static EvaluationSpace open(
      String name,
      FiniteDataSource images,
      boolean known,
      float[][] training,
      TrainingEngine engine,
      EngineOptions options)
      throws IOException {
    Require.argument(
        known || !name.equals(DIGITS),
        "--features digits is for MNIST's digits, and these images are not known to be those: %s;"
            + " take pca",
        images.description());
    Optional<SavedModelFunction> function =
        SavedModelName.isOne(name)
            ? Optional.of(extractor(SavedModelName.of(name), images.shape(), options))
            : Optional.empty();
    Optional<DigitClassifier> digits =
        known ? Optional.of(DigitClassifier.embedded(engine)) : Optional.empty();
    Runnable release =
        () -> {
          digits.ifPresent(DigitClassifier::close);
          function.ifPresent(SavedModelFunction::close);
        };
    try {
      FeatureSpace features =
          function.isPresent()
              ? of(function.get(), name, training)
              : fitted(name, images.shape(), training, digits);
      Optional<LabelClassifier> labels =
          digits.map(
              classifier -> LabelClassifier.of(classifier.classes(), classifier::probabilities));
      return new EvaluationSpace(features, labels, release);
    } catch (RuntimeException | IOException e) {
      release.run();
      throw e;
    }
  }

  private static FeatureSpace fitted(
      String name, Shape shape, float[][] training, Optional<DigitClassifier> digits) {
    if (name.equals("pixels")) {
      return FeatureSpace.raw(shape.size());
    }
    if (name.equals("pca")) {
      float[][] fitted = Arrays.copyOf(training, Math.min(FITTED, training.length));
      int components = Math.min(COMPONENTS, Math.min(fitted.length / 2, shape.size()));
      return FeatureSpace.principal(PrincipalComponents.fitAtMost(fitted, Math.max(1, components)));
    }
    DigitClassifier classifier = digits.orElseThrow();
    return FeatureSpace.of(
        "%s features of the digit classifier".formatted(classifier.featureCount()),
        classifier.featureCount(),
        classifier::features);
  }

  private static SavedModelFunction extractor(
      SavedModelName named, Shape shape, EngineOptions options) throws IOException {
    SavedModelFunction function = named.open(Optional.of(shape), options);
    if (!function.sampleShape().sameRows(shape)) {
      function.close();
      throw new IllegalArgumentException(
          "--features (%s) takes samples of shape %s, the images are %s; take pca"
              .formatted(function, function.sampleShape(), shape));
    }
    return function;
  }

  private static FeatureSpace of(SavedModelFunction function, String name, float[][] training)
      throws IOException {
    int width = function.apply(Arrays.copyOf(training, 1))[0].length;
    String sum = EvaluationCard.fingerprint(SavedModelName.of(name).folder());
    return FeatureSpace.of(
        "%s features of a SavedModel (SHA-256 %s)".formatted(width, EvaluationCard.shortened(sum)),
        width,
        function);
  }

  @Override
  public void close() {
    release.run();
  }
}
