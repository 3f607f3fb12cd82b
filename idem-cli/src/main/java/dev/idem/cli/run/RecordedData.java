package dev.idem.cli.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** The data that a run was begun with, as its provenance tells. */
final class RecordedData {

  private static final JsonMapper JSON = new JsonMapper();

  private RecordedData() {}

  /**
   * Checks that a run goes on with the data that it began with. A provenance that is missing or no
   * JSON tells nothing; {@link UnchangedFile} refuses it.
   *
   * @param present a fingerprint of each source, by its name
   * @throws IOException naming the first source that differs
   */
  static void requireSame(RunFolder folder, Map<String, String> present) throws IOException {
    JsonNode recorded = recorded(folder);
    for (Map.Entry<String, String> source : present.entrySet()) {
      String then = recorded.path(source.getKey()).asText(source.getValue());
      if (!then.equals(source.getValue())) {
        throw new IOException(
            "%s tells of other data '%s': %s then, %s now; put the data back as it was, or begin again in another folder"
                .formatted(
                    folder.file(RunFolder.PROVENANCE),
                    source.getKey(),
                    DataFingerprint.shortened(then),
                    DataFingerprint.shortened(source.getValue())));
      }
    }
  }

  private static JsonNode recorded(RunFolder folder) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(folder.file(RunFolder.PROVENANCE)))
          .path(RunSession.DATA);
    } catch (NoSuchFileException | JacksonException e) {
      return JSON.missingNode();
    }
  }
}
