package dev.idem.generative.data;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.data.ImageFile.UnusableImageException;
import dev.idem.generative.data.ImageFolder.Skipped;
import dev.idem.generative.image.Pixels;
import dev.idem.models.storage.SafeFiles;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Images, decoded and scaled to one size, in a temporary file of one byte per value. */
final class DecodedImages implements Closeable {

  private static final float HALF_RANGE = 127.5f;
  private static final double GIGABYTE = 1e9;

  private final Shape shape;
  private final FileChannel file;
  private final int[] usable;
  private final List<Skipped> skipped;

  private DecodedImages(Shape shape, FileChannel file, int[] usable, List<Skipped> skipped) {
    this.shape = shape;
    this.file = file;
    this.usable = usable;
    this.skipped = skipped;
  }

  /** Decodes {@code pictures}, {@code threads} at a time. */
  static DecodedImages of(Path root, List<Path> pictures, Shape shape, int threads)
      throws IOException {
    Path path = SafeFiles.newTemporaryFile("idem-images", ".bin");
    requireRoom(path, (long) pictures.size() * shape.size());
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      List<Optional<String>> reasons = decode(pictures, shape, file, threads);
      List<Skipped> skipped = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        String name = Skipped.name(root, pictures.get(i));
        reasons.get(i).ifPresent(reason -> skipped.add(new Skipped(name, reason)));
      }
      int[] usable =
          IntStream.range(0, pictures.size()).filter(i -> reasons.get(i).isEmpty()).toArray();
      return new DecodedImages(shape, file, usable, skipped);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Fails early on a full disk, rather than after an hour of decoding. */
  private static void requireRoom(Path file, long needed) throws IOException {
    long free = Files.getFileStore(file).getUsableSpace();
    // Some network file systems say 0 or less of a size that they do not know.
    if (free > 0 && free < needed) {
      Files.delete(file);
      throw new IOException(
          String.format(
              Locale.ROOT,
              "temporary folder (%s) has %.1f GB free; the decoded images need %.1f GB; set TMPDIR,"
                  + " or java.io.tmpdir of the JVM, to a folder with more room",
              file.getParent(),
              free / GIGABYTE,
              needed / GIGABYTE));
    }
  }

  /** For each image, why it cannot be used, if it cannot. */
  private static List<Optional<String>> decode(
      List<Path> pictures, Shape shape, FileChannel file, int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Optional<String>>> pending = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        int index = i;
        pending.add(pool.submit(() -> decode(pictures.get(index), index, shape, file)));
      }
      List<Optional<String>> reasons = new ArrayList<>();
      for (Future<Optional<String>> one : pending) {
        reasons.add(one.get());
      }
      return reasons;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while decoding images", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Optional<String> decode(Path picture, int index, Shape shape, FileChannel file)
      throws IOException {
    byte[] bytes;
    try {
      bytes = bytes(ImageFile.picture(picture, shape, true), shape);
    } catch (UnusableImageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
    write(bytes, (long) index * bytes.length, file);
    return Optional.empty();
  }

  private static void write(byte[] bytes, long from, FileChannel file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long position = from;
    try {
      while (buffer.hasRemaining()) {
        position += file.write(buffer, position);
      }
    } catch (IOException e) {
      throw new IOException(
          "decoded images cannot be written to the temporary folder (%s): %s; set TMPDIR, or java.io.tmpdir of the JVM, to a folder with more room"
              .formatted(SafeFiles.temporaryFolder(), e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(BufferedImage picture, Shape shape) {
    float[] sample = Pixels.sample(picture, shape);
    byte[] bytes = new byte[sample.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round((sample[i] + 1) * HALF_RANGE);
    }
    return bytes;
  }

  /** The sample of the image at {@code index} of those given, which must be usable. */
  float[] read(int index) {
    ByteBuffer buffer = ByteBuffer.allocate(shape.size());
    long position = (long) index * shape.size();
    try {
      while (buffer.hasRemaining()) {
        int count = file.read(buffer, position + buffer.position());
        if (count < 0) {
          throw new IOException("ends at " + (position + buffer.position()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary file of decoded images cannot be read", e);
    }
    float[] sample = new float[shape.size()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = Byte.toUnsignedInt(buffer.get(i)) / HALF_RANGE - 1;
    }
    return sample;
  }

  Shape shape() {
    return shape;
  }

  int[] usable() {
    return usable.clone();
  }

  List<Skipped> skipped() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
