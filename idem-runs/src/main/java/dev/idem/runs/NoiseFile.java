package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.models.storage.StateFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The noise of a run, estimated from its images at the first start and read from a file of its
 * folder when it resumes. A file that is missing, damaged, or of other images or another kind of
 * noise is ignored: the noise is estimated again, to the same bytes, and the file replaced.
 *
 * <p>The file: a line that names what it is, the number of arrays, the name and length of each, as
 * {@link DataOutputStream} writes them; the arrays as in {@link StateFile}; and the CRC-32 of all
 * of these.
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
      folder.write(RunFolder.NOISE, content());
      estimated = false;
    }
  }

  /** Deletes the file: the models of a complete run hold its noise. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.file(RunFolder.NOISE));
  }

  private byte[] content() {
    Map<String, float[]> statistics = source.statistics();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(identity);
      out.writeInt(statistics.size());
      for (Map.Entry<String, float[]> array : statistics.entrySet()) {
        out.writeUTF(array.getKey());
        out.writeInt(array.getValue().length);
      }
      out.write(StateFile.content(statistics.values()));
    } catch (IOException e) {
      throw new UncheckedIOException("written to memory", e);
    }
    return summed(bytes.toByteArray());
  }

  private Optional<NoiseSource> read() {
    try {
      byte[] file = Files.readAllBytes(folder.file(RunFolder.NOISE));
      byte[] content = Arrays.copyOf(file, Math.max(0, file.length - Long.BYTES));
      ByteArrayInputStream bytes = new ByteArrayInputStream(content);
      DataInputStream in = new DataInputStream(bytes);
      if (!Arrays.equals(file, summed(content)) || !in.readUTF().equals(identity)) {
        return Optional.empty();
      }
      Map<String, Integer> lengths = new LinkedHashMap<>();
      for (int arrays = in.readInt(); arrays > 0; arrays--) {
        lengths.put(in.readUTF(), in.readInt());
      }
      return Optional.of(kind.restore(shape, StateFile.arrays(lengths, bytes.readAllBytes())));
    } catch (IOException e) {
      // No file, or one that cannot be read.
      return Optional.empty();
    }
  }

  /** With the sum at the end. */
  private static byte[] summed(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return ByteBuffer.allocate(content.length + Long.BYTES)
        .put(content)
        .putLong(sum.getValue())
        .array();
  }
}
