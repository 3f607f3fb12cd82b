package dev.idem.cli.command.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.generative.data.ImageFolder;
import dev.idem.generative.data.ImageFolder.Skipped;
import dev.idem.generative.data.ImageFolder.TooManySkippedException;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunHost;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The images of {@code --data}: {@code mnist}, {@code mnist:DIR}, {@code fetched:NAME} or {@code
 * images:DIR}; without it, a model's training data.
 */
public final class ImageData implements RunHost.Images {

  /** The forms of {@code --data}. */
  public static final String FORMS = "mnist, mnist:DIR, fetched:NAME or images:DIR";

  /** Decoding gives the same result on any number of them. */
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final String MNIST = "mnist";
  private static final String DIRECTORY = "mnist:";
  private static final String FETCHED = "fetched:";
  private static final String IMAGES = "images:";

  private final String name;
  private final FiniteDataSource source;
  private final int heldOutSize;
  private final List<Skipped> skipped;
  private final List<Skipped> ignored;
  private final Closeable closed;

  private ImageData(
      String name,
      FiniteDataSource source,
      int heldOutSize,
      List<Skipped> skipped,
      List<Skipped> ignored,
      Closeable closed) {
    this.name = name;
    this.source = source;
    this.heldOutSize = heldOutSize;
    this.skipped = skipped;
    this.ignored = ignored;
    this.closed = closed;
  }

  /** Whether the data have MNIST's format, which fixes their shape. */
  public static boolean isMnist(String data) {
    return data.equals(MNIST) || data.startsWith(DIRECTORY) || data.startsWith(FETCHED);
  }

  /**
   * Opens the data.
   *
   * @param shape that the images of a folder are resized to
   * @param fetched where {@code fetched:NAME} is looked up
   * @throws ParameterException if {@code data} is none of the four
   * @throws dev.idem.runs.catalogue.Catalogue.UnknownNameException if no data set has the name to
   *     be looked up
   * @throws IOException if it does not exist or cannot be read
   */
  public static ImageData open(String data, Shape shape, FetchedImages fetched, CommandSpec spec)
      throws IOException {
    if (data.equals(MNIST)) {
      return of(data, Mnist.embedded());
    }
    if (data.startsWith(DIRECTORY)) {
      Path folder = folder(data, DIRECTORY, spec);
      return of(DIRECTORY + absolute(folder), Mnist.directory(folder));
    }
    if (data.startsWith(FETCHED)) {
      return of(data, fetched.open(data.substring(FETCHED.length())));
    }
    if (data.startsWith(IMAGES)) {
      Path path = folder(data, IMAGES, spec);
      ImageFolder images = folder(path, shape);
      return new ImageData(
          IMAGES + absolute(path),
          images,
          images.heldOutSize(),
          images.skipped(),
          images.ignored(),
          images);
    }
    throw unknown(data, spec);
  }

  /**
   * Opens the data, or, if no name is given, a model's training data.
   *
   * @param data the value of {@code --data}; null if it is not given
   * @param model what the model's card records; empty if it records nothing
   * @throws ParameterException if there is neither name nor record, or the recorded data cannot be
   *     opened or have changed
   * @throws IOException if the named data do not exist or cannot be read
   */
  public static ImageData open(
      @Nullable String data,
      Optional<RecordedData> model,
      Shape shape,
      FetchedImages fetched,
      CommandSpec spec)
      throws IOException {
    if (data != null) {
      return open(data, shape, fetched, spec);
    }
    RecordedData recorded =
        model.orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "the model does not record what it was trained on; name images by --data: "
                        + FORMS));
    ImageData opened;
    try {
      opened = open(recorded.source(), shape, fetched, spec);
    } catch (IOException | UnknownNameException | ParameterException e) {
      throw lost(recorded, "cannot be opened: " + e.getMessage(), e, spec);
    }
    RecordedData found = opened.recorded();
    if (!found.sameImages(recorded)) {
      opened.close();
      throw lost(recorded, "other images now: " + found.description(), null, spec);
    }
    return opened;
  }

  private static Path absolute(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static ParameterException lost(
      RecordedData recorded, String why, @Nullable Throwable cause, CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        "the model was trained on %s (%s), %s; put them back, or name images by --data: %s"
            .formatted(recorded.description(), recorded.source(), why, FORMS),
        cause);
  }

  private static ImageFolder folder(Path folder, Shape shape) throws IOException {
    try {
      return ImageFolder.open(folder, shape, PROCESSORS);
    } catch (TooManySkippedException e) {
      Path list = SafeFiles.newTemporaryFile("idem-skipped", ".txt");
      Files.writeString(list, lines(e.skipped()));
      throw new IOException("%s; all are listed in %s".formatted(e.getMessage(), list), e);
    }
  }

  private static String lines(List<Skipped> files) {
    return files.stream()
        .map(file -> file.path() + ": " + file.reason() + "\n")
        .collect(Collectors.joining());
  }

  private static ImageData of(String name, ImageDataSource images) {
    return new ImageData(
        name, images, images.heldOutImages().size(), List.of(), List.of(), () -> {});
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
        spec.commandLine(), "--data (%s) must be %s".formatted(data, FORMS));
  }

  /** The value of {@code --data} that names them from anywhere: folders as absolute paths. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public FiniteDataSource source() {
    return source;
  }

  /** The record that a model trained on them would keep. */
  public RecordedData recorded() {
    return RecordedData.of(name, source, heldOutSize);
  }

  /** Whether they are MNIST's digits, by their pixels: the digit classifier is for no others. */
  public boolean isDigits() {
    return source instanceof ImageDataSource images && Mnist.is(images);
  }

  @Override
  public int heldOutSize() {
    return heldOutSize;
  }

  @Override
  public Optional<Unused> unused() {
    if (skipped.isEmpty() && ignored.isEmpty()) {
      return Optional.empty();
    }
    String count =
        Stream.of(
                skipped.isEmpty() ? "" : count(skipped.size(), "image"),
                ignored.isEmpty() ? "" : count(ignored.size(), "other file"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" and ", "skipped    ", ""));
    return Optional.of(new Unused(count, lines(skipped) + lines(ignored)));
  }

  private static String count(int number, String of) {
    return number + " " + of + (number == 1 ? "" : "s");
  }

  @Override
  public void close() throws IOException {
    closed.close();
  }
}
