package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.StateFile;

/**
 * A trained classifier, apart from any engine.
 *
 * @param state of {@link ConvClassifier#digits}
 * @param card how it came to be
 */
public record ClassifierModel(NetworkState state, ClassifierCard card) {

  public ClassifierModel {
    ConvClassifier network = ConvClassifier.digits();
    state.requireFits(network);
    Require.argument(
        card.parameters() == network.parameterCount(),
        "parameters (%s) must be %s",
        card.parameters(),
        network.parameterCount());
  }

  static ClassifierModel of(
      ClassifierTraining training, TrainingEngine engine, NetworkState state, double accuracy) {
    ConvClassifier network = ConvClassifier.digits();
    ClassifierCard card =
        new ClassifierCard(
            network.description(),
            network.parameterCount(),
            training.plan().seed(),
            training.plan().toString(),
            training.digits().description(),
            training.digits().trainingImages().sha256(),
            training.digits().heldOutImages().sha256(),
            accuracy,
            engine.description(),
            FileCard.of(StateFile.content(network, state)));
    return new ClassifierModel(state, card);
  }

  /** The file of the weights. */
  byte[] weights() {
    return StateFile.content(ConvClassifier.digits(), state);
  }
}
