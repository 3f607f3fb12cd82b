package dev.idem.generative.model;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.generative.noise.NoiseSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained generator as a value, saved and loaded by {@link ModelFolder} and run by {@link
 * Generator}.
 *
 * @param imageShape [h, w, c] of the images
 * @param network the architecture
 * @param state its parameters and running statistics
 * @param noise the source of z
 * @param training how it was trained, for readers, in order
 * @param provenance how it was made, for readers, in order
 */
public record GeneratorModel(
    Shape imageShape,
    Network network,
    NetworkState state,
    NoiseSource noise,
    Map<String, String> training,
    Map<String, String> provenance) {

  public GeneratorModel {
    Require.argument(
        network.shape().sameRows(imageShape),
        "network (%s) takes samples of shape %s and is not for images of shape %s",
        network.description(),
        network.shape(),
        imageShape);
    Require.argument(
        noise.shape().sameRows(imageShape),
        "noise (%s) is of shape %s and is not for images of shape %s",
        noise.description(),
        noise.shape(),
        imageShape);
    state.requireFits(network);
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }
}
