package dev.idem.generative.model;

import dev.idem.models.storage.FileCard;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code model.json}.
 *
 * @param format of the folder; this code writes and reads {@link #FORMAT}
 * @param imageShape [h, w, c]
 * @param network how to build it
 * @param noise the label of a {@link dev.idem.generative.noise.NoiseKind}
 * @param noiseArrays the arrays in {@code noise.bin}, in order: name and length
 * @param statisticsKinds the kinds of input that running statistics are kept for, in order
 * @param training how the model was trained, for readers: method, objective, plan, data, outcome
 * @param provenance how it was made: versions, machine, time, command
 * @param files the other files of the folder, by name
 */
record ModelCard(
    int format,
    List<Integer> imageShape,
    NetworkCard network,
    String noise,
    Map<String, Integer> noiseArrays,
    List<String> statisticsKinds,
    Map<String, String> training,
    Map<String, String> provenance,
    Map<String, FileCard> files) {

  static final int FORMAT = 1;
}
