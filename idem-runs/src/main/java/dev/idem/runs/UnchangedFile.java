package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A file that exists when a run starts and must be unchanged when it resumes: a run may not record
 * facts about another one.
 */
final class UnchangedFile implements StatefulListener {

  private static final String CHECKSUM = "crc32";

  private final Path path;
  private double[] checksum = {};

  UnchangedFile(Path path) {
    this.path = path;
  }

  @Override
  public String name() {
    return "unchanged " + path.getFileName();
  }

  @Override
  public void started(TrainingTask task) {
    checksum = read();
  }

  @Override
  public Map<String, double[]> save() {
    return Map.of(CHECKSUM, checksum.clone());
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    double[] expected = Require.known(saved.get(CHECKSUM), "value", CHECKSUM, saved.keySet());
    checksum = read();
    Require.argument(
        expected.length == 1 && expected[0] == checksum[0],
        "%s has changed since the run started (its CRC-32 differs); put the file back",
        path);
  }

  private double[] read() {
    CRC32 crc = new CRC32();
    try {
      crc.update(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is missing or cannot be read; put the file back".formatted(path), e);
    }
    return new double[] {crc.getValue()};
  }
}
