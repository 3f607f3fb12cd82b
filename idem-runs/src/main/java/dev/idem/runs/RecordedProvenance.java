package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data and settings that a run was started with, from its provenance. */
final class RecordedProvenance {

  /** In a provenance: {@link PreparedRun#data}. */
  static final String DATA = "data";

  /** In a provenance: {@link PreparedRun#fingerprint}. */
  static final String FINGERPRINT = "fingerprint";

  /** In a provenance: {@link PreparedRun#settings}. */
  static final String SETTINGS = "settings";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NONE = "not set";

  private RecordedProvenance() {}

  /**
   * Checks that a run resumes with the data that it was started with. A provenance that is missing
   * or invalid JSON is ignored here; {@link UnchangedFile} refuses it.
   *
   * @param present a fingerprint of each source, by its name
   * @throws IOException naming the first source that differs
   */
  static void requireSameData(RunFolder folder, Map<String, String> present) throws IOException {
    JsonNode recorded = recorded(folder).path(DATA);
    for (Map.Entry<String, String> source : present.entrySet()) {
      String then = recorded.path(source.getKey()).asText(source.getValue());
      if (!DataFingerprint.sum(then).equals(DataFingerprint.sum(source.getValue()))) {
        throw new IOException(
            "%s records other data '%s': %s then, %s now; restore the data, name its new location with --data, or start again in another folder"
                .formatted(
                    folder.file(RunFolder.PROVENANCE),
                    source.getKey(),
                    DataFingerprint.shortened(then),
                    DataFingerprint.shortened(source.getValue())));
      }
    }
  }

  /**
   * Settings that affect a run's results and have changed since it started, as in {@code plan.steps
   * (3001) was 3000}; none if their fingerprint is the same, for then the provenance is what was
   * changed.
   */
  static List<String> changedSettings(RunFolder folder, PreparedRun plan) throws IOException {
    JsonNode provenance = recorded(folder);
    JsonNode recorded = provenance.path(SETTINGS);
    if (!recorded.isObject() || provenance.path(FINGERPRINT).asText().equals(plan.fingerprint())) {
      return List.of();
    }
    Map<String, String> present = plan.settings();
    Set<String> keys = new LinkedHashSet<>(present.keySet());
    recorded.fieldNames().forEachRemaining(keys::add);
    return keys.stream()
        .filter(key -> !recorded.path(key).asText(NONE).equals(present.getOrDefault(key, NONE)))
        .map(
            key ->
                "%s (%s) was %s"
                    .formatted(
                        key, present.getOrDefault(key, NONE), recorded.path(key).asText(NONE)))
        .toList();
  }

  private static JsonNode recorded(RunFolder folder) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(folder.file(RunFolder.PROVENANCE)));
    } catch (NoSuchFileException | JacksonException e) {
      return JSON.missingNode();
    }
  }
}
