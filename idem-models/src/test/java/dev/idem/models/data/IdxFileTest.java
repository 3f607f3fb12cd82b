package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.idem.api.algebra.Shape;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {

  private static final byte[] GOOD = IdxBytes.images(2, 3, 4);

  private final Path directory;

  IdxFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsPlainAndCompressedFiles(boolean compressed) throws IOException {
    IdxFile file = IdxFile.read(write(compressed ? IdxBytes.gzip(GOOD) : GOOD), 3);
    assertThat(file.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(file.elements()).isEqualTo(Arrays.copyOfRange(GOOD, 16, 40));
  }

  @Test
  void readsFilesOfOneAxis() throws IOException {
    IdxFile file = IdxFile.read(write(IdxBytes.labels(7, 2, 255)), 1);
    assertThat(file.shape()).isEqualTo(Shape.of(3));
    assertThat(file.elements()).containsExactly(7, 2, 255);
  }

  @Test
  void readsCompressedFilesLargerThanTheBuffers() throws IOException {
    byte[] large = IdxBytes.images(300, 28, 28);
    assertThat(IdxFile.read(write(IdxBytes.gzip(large)), 3).elements())
        .isEqualTo(Arrays.copyOfRange(large, 16, large.length));
  }

  @Test
  void refusesWhatIsNoIdxFile() {
    assertMalformed(
        "PNG picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "found magic number 0x504e4720, expected an IDX file, 0x00000803;"
            + " check that this is the right file");
  }

  @Test
  void refusesOtherElementTypes() {
    assertMalformed(
        IdxBytes.idx(0xd03, new int[] {1, 1, 1}, new byte[4]),
        "found element type 0x0d, expected unsigned bytes, 0x08;"
            + " convert the elements to unsigned bytes");
  }

  @Test
  void refusesAnotherNumberOfAxes() {
    assertMalformed(
        IdxBytes.labels(1, 2, 3), "found 1 axes, expected 3; check that this is the right file");
    assertMalformed(IdxBytes.idx(0x8ff, new int[] {1, 1, 1}), "found 255 axes, expected 3;");
    assertMalformed(IdxBytes.idx(0x800, new int[] {}), "found 0 axes, expected 3;");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesDimensionsThatAreNotPositive(int dimension) {
    byte[] bytes = IdxBytes.idx(0x803, new int[] {2, dimension, 4});
    assertMalformed(
        bytes, "found dimensions [2, " + dimension + ", 4], expected positive ones below 2^31;");
    assertMalformed(IdxBytes.gzip(bytes), "found dimensions [2, " + dimension + ", 4]");
  }

  @Test
  void refusesMoreElementsThanAnArrayHolds() {
    // The products are 2^31, 2^32 and one that wraps to a small positive number in 64 bits.
    assertMalformed(
        IdxBytes.idx(0x803, new int[] {1 << 11, 1 << 10, 1 << 10}),
        "found dimensions [2048, 1024, 1024], expected at most 2147483639 elements;");
    assertMalformed(IdxBytes.idx(0x803, new int[] {1 << 16, 1, 1 << 16}), "expected at most");
    assertMalformed(IdxBytes.idx(0x803, new int[] {1 << 30, 1 << 30, 1 << 4}), "expected at most");
  }

  @Test
  void refusesAPlainFileShorterOrLongerThanItsHeaderSays() {
    assertMalformed(
        Arrays.copyOf(GOOD, 39),
        "found 39 bytes, expected 40 for dimensions [2, 3, 4]; download the file again");
    assertMalformed(
        Arrays.copyOf(GOOD, 41), "found 41 bytes, expected 40 for dimensions [2, 3, 4];");
  }

  @Test
  void refusesACompressedFileShorterOrLongerThanItsHeaderSays() {
    assertMalformed(
        IdxBytes.gzip(Arrays.copyOf(GOOD, 39)),
        "found the end after 23 of 24 bytes, expected 24 elements; download the file again");
    assertMalformed(
        IdxBytes.gzip(Arrays.copyOf(GOOD, 41)),
        "found more bytes after the last element, expected 24 elements;");
  }

  @Test
  void refusesEveryPrefixOfAGoodFile() throws IOException {
    for (byte[] whole : new byte[][] {GOOD, IdxBytes.gzip(GOOD)}) {
      for (int length = 0; length < whole.length; length++) {
        assertMalformed(Arrays.copyOf(whole, length), "found ");
      }
      assertThat(IdxFile.read(write(whole), 3).shape().size()).isEqualTo(24);
    }
  }

  @Test
  void namesATruncatedHeader() {
    assertMalformed(new byte[0], "found the end after 0 of 4 bytes, expected a magic number;");
    assertMalformed(
        Arrays.copyOf(GOOD, 9), "found the end after 5 of 12 bytes, expected 3 dimensions;");
  }

  @Test
  void namesATruncatedGzipStream() {
    byte[] compressed = IdxBytes.gzip(GOOD);
    assertMalformed(
        Arrays.copyOf(compressed, compressed.length - 1),
        "found a gzip stream that ends early, expected a complete one; download the file again");
  }

  @Test
  void namesADamagedGzipStream() {
    byte[] compressed = IdxBytes.gzip(GOOD);
    compressed[compressed.length - 6] ^= 1;
    assertMalformed(compressed, "found a damaged gzip stream (Corrupt GZIP trailer), expected");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesNothingForAHeaderThatPromisesTooMuch(boolean compressed) throws IOException {
    byte[] bytes = IdxBytes.idx(0x803, new int[] {1, Integer.MAX_VALUE - 8, 1}, new byte[10]);
    Path file = write(compressed ? IdxBytes.gzip(bytes) : bytes);
    long before = allocatedBytes();
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> IdxFile.read(file, 3))
        .withMessageContaining(
            compressed
                ? "found dimensions [1, 2147483639, 1] of a gzip file, expected at most 67108864"
                : "found 26 bytes, expected 2147483655");
    assertThat(allocatedBytes() - before).isLessThan(16 << 20);
  }

  @Test
  void namesTheFile() {
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> IdxFile.read(write(new byte[3]), 3))
        .withMessageStartingWith(directory.resolve("file") + ": found ");
  }

  @Test
  void aMissingFileIsNotCalledMalformed() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> IdxFile.read(directory.resolve("absent"), 3));
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private void assertMalformed(byte[] bytes, String message) {
    assertThatExceptionOfType(MalformedFileException.class)
        .isThrownBy(() -> IdxFile.read(write(bytes), 3))
        .withMessageContaining(message);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("file"), bytes);
  }
}
