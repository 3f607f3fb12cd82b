package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.models.storage.SafeTensors;
import dev.idem.models.storage.SafeTensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The noise of a run, estimated from its images at the first start and read from a file of its
 * folder when it resumes. A file that is missing, damaged, or of other images or another kind of
 * noise is ignored: the noise is estimated again, to the same bytes, and the file replaced.
 *
 * <p>The file: {@link SafeTensors} by name, with what the noise is of and the values' CRC-32 as
 * metadata. Of several files that mean the same only the one that would be written is read.
 */
final class NoiseFile {

  /** The number is raised when a kind of noise is estimated differently. */
  private static final String FORMAT = "idem noise 1";

  private final RunFolder folder;
  private final NoiseKind kind;
  private final Shape shape;
  private final String identity;
  private final NoiseSource source;
  private boolean estimated;

  /**
   * Reads the noise or estimates it.
   *
   * @param fingerprint of the images to train on
   */
  NoiseFile(RunFolder folder, NoiseKind kind, FiniteDataSource images, String fingerprint) {
    this.folder = folder;
    this.kind = kind;
    this.shape = images.shape();
    this.identity =
        "%s, %s, %s, %s".formatted(FORMAT, kind.label(), shape, Provenance.sum(fingerprint));
    this.source =
        read()
            .orElseGet(
                () -> {
                  estimated = kind != NoiseKind.WHITE;
                  return kind.estimate(shape, images.trainingSize(), images::trainingSample);
                });
  }

  NoiseSource source() {
    return source;
  }

  /** Writes the file, if the noise was estimated. */
  void keep() throws IOException {
    if (estimated) {
      folder.write(RunFolder.NOISE, content(source));
      estimated = false;
    }
  }

  /** Deletes the file: the models of a complete run hold its noise. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.file(RunFolder.NOISE));
  }

  private byte[] content(NoiseSource noise) {
    CRC32 sum = new CRC32();
    List<Tensor> tensors = new ArrayList<>();
    noise
        .statistics()
        .forEach(
            (name, values) -> {
              tensors.add(Tensor.of(name, values));
              ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
              bytes.asFloatBuffer().put(values);
              sum.update(bytes);
            });
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("noise", identity);
    metadata.put("crc32", Long.toHexString(sum.getValue()));
    return SafeTensors.content(metadata, tensors);
  }

  private Optional<NoiseSource> read() {
    try {
      byte[] content = Files.readAllBytes(folder.file(RunFolder.NOISE));
      SafeTensors file = SafeTensors.parse(RunFolder.NOISE, content);
      Map<String, float[]> statistics = new LinkedHashMap<>();
      for (String name : file.names()) {
        statistics.put(name, file.values(name));
      }
      NoiseSource noise = kind.restore(shape, statistics);
      return Arrays.equals(content, content(noise)) ? Optional.of(noise) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // No file, one that cannot be read, or one of another noise.
      return Optional.empty();
    }
  }
}
