package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.generative.data.ImageFolder;
import dev.idem.models.data.Mnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code --data} names: {@code mnist}, {@code mnist:DIR} or {@code images:DIR}. */
final class ImageData implements AutoCloseable {

  private static final String MNIST = "mnist";
  private static final String DIRECTORY = "mnist:";
  private static final String IMAGES = "images:";

  private final FiniteDataSource source;
  private final List<String> skipped;
  private final AutoCloseable closed;

  private ImageData(FiniteDataSource source, List<String> skipped, AutoCloseable closed) {
    this.source = source;
    this.skipped = skipped;
    this.closed = closed;
  }

  /** Whether these are the digits, whose shape is not a matter of choice. */
  static boolean isMnist(String data) {
    return data.equals(MNIST) || data.startsWith(DIRECTORY);
  }

  /**
   * Opens the data.
   *
   * @param shape that the pictures of a folder are brought to
   * @throws IllegalArgumentException if {@code data} is none of the three
   * @throws IOException if it is not there, or cannot be read
   */
  static ImageData open(String data, Shape shape, int threads) throws IOException {
    if (data.equals(MNIST)) {
      return new ImageData(Mnist.embedded(), List.of(), () -> {});
    }
    if (data.startsWith(DIRECTORY)) {
      Path folder = Path.of(data.substring(DIRECTORY.length()));
      return new ImageData(Mnist.directory(folder), List.of(), () -> {});
    }
    if (data.startsWith(IMAGES)) {
      Path folder = Path.of(data.substring(IMAGES.length()));
      ImageFolder images = ImageFolder.open(folder, shape, threads);
      List<String> skipped =
          images.skipped().stream().map(file -> file.path() + ": " + file.reason()).toList();
      return new ImageData(images, skipped, images);
    }
    throw new IllegalArgumentException(
        "--data (%s) must be mnist, mnist:DIR or images:DIR".formatted(data));
  }

  FiniteDataSource source() {
    return source;
  }

  /** The files that were skipped, and why; a line each. */
  List<String> skipped() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    try {
      closed.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
