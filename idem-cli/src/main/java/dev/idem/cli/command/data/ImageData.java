package dev.idem.cli.command.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.generative.data.ImageFolder;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code --data} names: {@code mnist}, {@code mnist:DIR}, {@code fetched:NAME} or {@code
 * images:DIR}.
 */
public final class ImageData implements Closeable {

  private static final String MNIST = "mnist";
  private static final String DIRECTORY = "mnist:";
  private static final String FETCHED = "fetched:";
  private static final String IMAGES = "images:";

  private final FiniteDataSource source;
  private final int heldOutSize;
  private final List<String> skipped;
  private final Closeable closed;

  private ImageData(
      FiniteDataSource source, int heldOutSize, List<String> skipped, Closeable closed) {
    this.source = source;
    this.heldOutSize = heldOutSize;
    this.skipped = skipped;
    this.closed = closed;
  }

  /** Whether these are digits; a folder of MNIST's files is taken at its word. */
  public static boolean isDigits(String data) {
    return data.equals(MNIST) || data.startsWith(DIRECTORY) || data.equals(FETCHED + MNIST);
  }

  /** Whether these are of MNIST's form, whose shape is not a matter of choice. */
  public static boolean isMnist(String data) {
    return data.equals(MNIST) || data.startsWith(DIRECTORY) || data.startsWith(FETCHED);
  }

  /**
   * Opens the data.
   *
   * @param shape that the pictures of a folder are brought to
   * @param fetched where {@code fetched:NAME} is looked up
   * @throws ParameterException if {@code data} is none of the four
   * @throws dev.idem.cli.catalogue.UnknownNameException if no data set has the name to be looked up
   * @throws IOException if it is not there, or cannot be read
   */
  public static ImageData open(
      String data, Shape shape, int threads, FetchedImages fetched, CommandSpec spec)
      throws IOException {
    if (data.equals(MNIST)) {
      return of(Mnist.embedded());
    }
    if (data.startsWith(DIRECTORY)) {
      return of(Mnist.directory(folder(data, DIRECTORY, spec)));
    }
    if (data.startsWith(FETCHED)) {
      return of(fetched.open(data.substring(FETCHED.length())));
    }
    if (data.startsWith(IMAGES)) {
      ImageFolder images = ImageFolder.open(folder(data, IMAGES, spec), shape, threads);
      List<String> skipped =
          images.skipped().stream().map(file -> file.path() + ": " + file.reason()).toList();
      return new ImageData(images, images.heldOutSize(), skipped, images);
    }
    throw unknown(data, spec);
  }

  private static ImageData of(ImageDataSource digits) {
    return new ImageData(digits, digits.heldOutImages().size(), List.of(), () -> {});
  }

  private static Path folder(String data, String prefix, CommandSpec spec) {
    try {
      String folder = data.substring(prefix.length());
      if (!folder.isBlank()) {
        return Path.of(folder);
      }
    } catch (InvalidPathException e) {
      throw new ParameterException(
          spec.commandLine(), "--data (%s): %s".formatted(data, e.getReason()), e);
    }
    throw unknown(data, spec);
  }

  private static ParameterException unknown(String data, CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        "--data (%s) must be mnist, mnist:DIR, fetched:NAME or images:DIR".formatted(data));
  }

  public FiniteDataSource source() {
    return source;
  }

  /** The number of images held out. */
  public int heldOutSize() {
    return heldOutSize;
  }

  /** The files that were skipped, and why; a line each. */
  public List<String> skipped() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    closed.close();
  }
}
