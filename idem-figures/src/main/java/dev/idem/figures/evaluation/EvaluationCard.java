package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.Entry;
import dev.idem.models.storage.FileCard;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code metrics.json}. Numbers that are withheld are null; those that are not
 * finite are the words NaN and Infinity. It holds no times: the same evaluation gives the same
 * bytes.
 *
 * @param format of the folder; this code writes and reads {@link #FORMAT}
 * @param subject what was evaluated
 * @param conditions what must be the same in a comparison
 * @param inputs the SHA-256 of each input's samples, by its name: samples are paired where it is
 *     the same
 * @param provenance versions, engine, machine
 * @param entries the numbers
 * @param notes on the evaluation as a whole
 * @param perSample the file with the values of single samples
 */
public record EvaluationCard(
    int format,
    EvaluatedSubject subject,
    Conditions conditions,
    Map<String, String> inputs,
    Map<String, String> provenance,
    List<Entry> entries,
    List<String> notes,
    FileCard perSample) {

  /** The present format. */
  public static final int FORMAT = 1;

  public EvaluationCard {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }
}
