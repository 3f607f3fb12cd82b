package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A tensor of unsigned bytes in the IDX format of MNIST, plain or gzip (told by its first bytes).
 *
 * <p>The format: two zero bytes, one for the element type (8: unsigned byte), one for the number of
 * axes, each axis' size as a big-endian 32-bit integer, then the elements, row-major. The header is
 * not trusted: a plain file's length must equal what the header announces before anything is
 * allocated for it. Memory for a gzip file grows with the bytes read, and their number is bounded
 * by the file's length: a small file may inflate to gigabytes. (Tribuo's reader allocates what the
 * header asks for, and eight bytes for each element.)
 *
 * @param name where it came from
 * @param elements row-major, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record IdxFile(String name, Shape shape, byte[] elements) {

  private static final int UNSIGNED_BYTE = 8;

  /** The longest array that every JVM can allocate. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  /** Images compress to a fifth or so; what compresses more than this is no data set. */
  private static final long MOST_EXPANSION = 100;

  /** Always read from a gzip file, however well it compressed. */
  private static final long LEAST_LIMIT = 64L << 20;

  private static final String DOWNLOAD = "download the file again";
  private static final String CHECK = "check that this is the right file";

  /**
   * Reads a file.
   *
   * @param rank the number of axes that it must have
   * @throws MalformedFileException if it is not such a file, or damaged
   * @throws IOException if it cannot be read
   */
  static IdxFile read(Path file, int rank) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), OptionalLong.of(Files.size(file)), rank);
    }
  }

  /** Reads a stream of unknown length, which stays open; otherwise as {@link #read(Path, int)}. */
  static IdxFile read(InputStream in, String name, int rank) throws IOException {
    return read(in, name, OptionalLong.empty(), rank);
  }

  private static IdxFile read(InputStream raw, String name, OptionalLong length, int rank)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    if (!gzip) {
      return parse(in, name, length, MAX_ELEMENTS, rank);
    }
    long most = Math.min(MAX_ELEMENTS, Math.max(LEAST_LIMIT, MOST_EXPANSION * length.orElse(0)));
    try {
      return parse(new GZIPInputStream(in, 1 << 16), name, OptionalLong.empty(), most, rank);
    } catch (EOFException e) {
      throw damaged(name, "a gzip stream that ends early", e);
    } catch (ZipException e) {
      throw damaged(name, "a damaged gzip stream (" + e.getMessage() + ")", e);
    }
  }

  /** The exception for {@code file}, with what to do about it. */
  static MalformedFileException malformed(
      String file, String found, String expected, String remedy) {
    return new MalformedFileException(message(file, found, expected, remedy));
  }

  private static MalformedFileException damaged(String name, String found, IOException cause) {
    return new MalformedFileException(message(name, found, "a complete one", DOWNLOAD), cause);
  }

  private static String message(String file, String found, String expected, String remedy) {
    return "%s: found %s, expected %s; %s".formatted(file, found, expected, remedy);
  }

  private static IdxFile parse(
      InputStream in, String name, OptionalLong length, long most, int rank) throws IOException {
    requireMagic(readExactly(in, 4, name, "a magic number"), name, rank);
    byte[] header = readExactly(in, 4 * rank, name, rank + " dimensions");
    int[] dimensions = new int[rank];
    ByteBuffer.wrap(header).asIntBuffer().get(dimensions);
    int size = requireSize(dimensions, name);
    String announced = "dimensions " + Arrays.toString(dimensions);
    if (size > most) {
      throw malformed(
          name,
          announced + " of a gzip file",
          "at most %s elements of one of its length".formatted(most),
          "if you trust it, unpack it first");
    }
    long expected = 4 + 4L * rank + size;
    if (length.isPresent() && length.getAsLong() != expected) {
      throw malformed(
          name, length.getAsLong() + " bytes", expected + " for " + announced, DOWNLOAD);
    }
    byte[] elements = readExactly(in, size, name, size + " elements");
    if (in.read() >= 0) {
      throw malformed(name, "more bytes after the last element", size + " elements", DOWNLOAD);
    }
    return new IdxFile(name, Shape.of(dimensions), elements);
  }

  private static void requireMagic(byte[] magic, String name, int rank)
      throws MalformedFileException {
    if (magic[0] != 0 || magic[1] != 0) {
      throw malformed(
          name,
          String.format(Locale.ROOT, "magic number 0x%08x", ByteBuffer.wrap(magic).getInt()),
          String.format(Locale.ROOT, "an IDX file, 0x%08x", UNSIGNED_BYTE << 8 | rank),
          CHECK);
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw malformed(
          name,
          String.format(Locale.ROOT, "element type 0x%02x", magic[2]),
          String.format(Locale.ROOT, "unsigned bytes, 0x%02x", UNSIGNED_BYTE),
          "convert the elements to unsigned bytes");
    }
    if (magic[3] != rank) {
      throw malformed(name, Byte.toUnsignedInt(magic[3]) + " axes", Integer.toString(rank), CHECK);
    }
  }

  private static int requireSize(int[] dimensions, String name) throws MalformedFileException {
    String announced = "dimensions " + Arrays.toString(dimensions);
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension <= 0) {
        throw malformed(name, announced, "positive ones below 2^31", DOWNLOAD);
      }
      size *= dimension;
      if (size > MAX_ELEMENTS) {
        throw malformed(name, announced, "at most " + MAX_ELEMENTS + " elements", "split the file");
      }
    }
    return (int) size;
  }

  /** {@link InputStream#readNBytes(int)} takes memory for what it has read, not for what it may. */
  private static byte[] readExactly(InputStream in, int count, String name, String what)
      throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw malformed(
          name, "the end after " + bytes.length + " of " + count + " bytes", what, DOWNLOAD);
    }
    return bytes;
  }
}
