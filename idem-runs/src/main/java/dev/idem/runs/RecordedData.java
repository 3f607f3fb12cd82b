package dev.idem.runs;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.recipe.GenerativeObjective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a generator was trained on, as the card of its model records them.
 *
 * @param source as {@code --data} takes it, its folder absolute
 * @param description a line on them
 * @param training the SHA-256 of the images trained on
 * @param heldOut that of images held out
 */
public record RecordedData(String source, String description, String training, String heldOut) {

  private static final String SOURCE = "data source";
  private static final String DESCRIPTION = "data";
  private static final String TRAINING = "data sha256";
  private static final String HELD_OUT = "held-out sha256";

  /**
   * The record of images.
   *
   * @param source where they come from, as {@code --data} takes it
   * @param heldOutSize how many are held out
   */
  public static RecordedData of(String source, FiniteDataSource images, int heldOutSize) {
    return of(
        source,
        images,
        Map.of(
            GenerativeObjective.DATA,
            Provenance.fingerprint(images),
            Provenance.HELD_OUT,
            Provenance.fingerprint(images, GeneratorRun.heldOut(images, heldOutSize))));
  }

  /** The record of a run's images, with the fingerprints that its provenance has. */
  static RecordedData of(String source, FiniteDataSource images, Map<String, String> fingerprints) {
    return new RecordedData(
        source,
        images.description(),
        Provenance.sum(String.valueOf(fingerprints.get(GenerativeObjective.DATA))),
        Provenance.sum(String.valueOf(fingerprints.get(Provenance.HELD_OUT))));
  }

  /** What a model's card records; empty if it does not say what the model was trained on. */
  public static Optional<RecordedData> of(GeneratorModel model) {
    Map<String, String> card = model.training();
    String source = card.get(SOURCE);
    String description = card.get(DESCRIPTION);
    String training = card.get(TRAINING);
    String heldOut = card.get(HELD_OUT);
    return source == null || description == null || training == null || heldOut == null
        ? Optional.empty()
        : Optional.of(new RecordedData(source, description, training, heldOut));
  }

  /** The entries of a card, in order. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(DESCRIPTION, description);
    entries.put(SOURCE, source);
    entries.put(TRAINING, training);
    entries.put(HELD_OUT, heldOut);
    return entries;
  }

  /** Whether the same images are recorded, wherever they come from and whatever they are called. */
  public boolean sameImages(RecordedData other) {
    return training.equals(other.training) && heldOut.equals(other.heldOut);
  }
}
