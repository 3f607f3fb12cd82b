package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.generative.data.ImageFolder;
import dev.idem.generative.data.ImageFolder.Skipped;
import dev.idem.generative.data.ImageFolder.TooManySkippedException;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunHost;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The images of {@code --data}: {@code mnist}, {@code mnist:DIR}, {@code fetched:NAME} or {@code
 * images:DIR}; without it, a model's training data.
 *
 * @param name the value of {@code --data} that names them from anywhere: folders as absolute paths
 */
record ImageData(
    String name,
    FiniteDataSource source,
    int heldOutSize,
    Optional<RunHost.Images.Unused> unused,
    Closeable closed)
    implements RunHost.Images {

  /** The forms of {@code --data}. */
  static final String FORMS = "mnist, mnist:DIR, fetched:NAME or images:DIR";

  /** Decoding gives the same result on any number of them. */
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final String MNIST = "mnist";
  private static final String DIRECTORY = "mnist:";
  private static final String FETCHED = "fetched:";
  static final String IMAGES = "images:";

  /** Opens data, of the cache as well. */
  static final class Sources {

    private final DataSets sets;
    private final Provider<DataCache> cache;

    @Inject
    Sources(DataSets sets, Provider<DataCache> cache) {
      this.sets = sets;
      this.cache = cache;
    }

    /** The images of a set in the cache; all sets have MNIST's format. */
    ImageDataSource fetched(String name) throws IOException {
      DataSet set = set(name, sets);
      return Mnist.directory(cache.get().fetched(set), set.title());
    }

    /**
     * Opens the data.
     *
     * @param shape that the images of a folder are resized to
     * @throws UsageException if {@code data} is none of the four
     * @throws UnknownNameException if no data set has the name to be looked up
     */
    ImageData open(String data, Shape shape) throws IOException {
      if (data.equals(MNIST)) {
        return of(data, Mnist.embedded());
      }
      if (data.startsWith(DIRECTORY)) {
        Path path = folder(data, DIRECTORY);
        return of(DIRECTORY + absolute(path), Mnist.directory(path));
      }
      if (data.startsWith(FETCHED)) {
        return of(data, fetched(data.substring(FETCHED.length())));
      }
      if (data.startsWith(IMAGES)) {
        return images(folder(data, IMAGES), shape);
      }
      throw unknown(data);
    }

    /**
     * Opens the data, or, if no name is given, a model's training data.
     *
     * @param data the value of {@code --data}; null if it is not given
     * @param model what the model's card records; empty if it records nothing
     * @throws UsageException if there is neither, or the recorded data are lost or have changed
     */
    ImageData open(@Nullable String data, Optional<RecordedData> model, Shape shape)
        throws IOException {
      if (data != null) {
        return open(data, shape);
      }
      RecordedData recorded =
          model.orElseThrow(
              () ->
                  new UsageException(
                      "the model does not record what it was trained on; name images by --data: "
                          + FORMS));
      ImageData opened;
      try {
        opened = open(recorded.source(), shape);
      } catch (IOException | UnknownNameException | UsageException e) {
        throw lost(recorded, "cannot be opened: " + e.getMessage());
      }
      RecordedData found = opened.recorded();
      if (!found.sameImages(recorded)) {
        opened.close();
        throw lost(recorded, "other images now: " + found.description());
      }
      return opened;
    }
  }

  static DataSet set(String name, DataSets sets) {
    return sets.named(name)
        .orElseThrow(
            () -> new UnknownNameException(Suggestions.unknown("data set", name, sets.names())));
  }

  /** Whether the data have MNIST's format, which fixes their shape. */
  static boolean isMnist(String data) {
    return data.equals(MNIST) || data.startsWith(DIRECTORY) || data.startsWith(FETCHED);
  }

  private static ImageData of(String name, ImageDataSource images) {
    return new ImageData(name, images, images.heldOutImages().size(), Optional.empty(), () -> {});
  }

  private static ImageData images(Path path, Shape shape) throws IOException {
    try {
      ImageFolder images = ImageFolder.open(path, shape, PROCESSORS);
      Optional<Unused> unused = unused(images.skipped(), images.ignored());
      return new ImageData(IMAGES + absolute(path), images, images.heldOutSize(), unused, images);
    } catch (TooManySkippedException e) {
      Path list = SafeFiles.newTemporaryFile("idem-skipped", ".txt");
      Files.writeString(list, lines(e.skipped()));
      throw new IOException("%s; all are listed in %s".formatted(e.getMessage(), list), e);
    }
  }

  private static Optional<Unused> unused(List<Skipped> skipped, List<Skipped> ignored) {
    List<String> counts = new ArrayList<>();
    count(skipped, "image", counts);
    count(ignored, "other file", counts);
    return counts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unused(
                "skipped    " + String.join(" and ", counts), lines(skipped) + lines(ignored)));
  }

  private static void count(List<Skipped> files, String what, List<String> counts) {
    if (!files.isEmpty()) {
      counts.add(files.size() + " " + what + (files.size() == 1 ? "" : "s"));
    }
  }

  private static String lines(List<Skipped> files) {
    return files.stream()
        .map(file -> file.path() + ": " + file.reason() + "\n")
        .collect(Collectors.joining());
  }

  private static Path absolute(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static Path folder(String data, String prefix) {
    String folder = data.substring(prefix.length());
    if (folder.isBlank()) {
      throw unknown(data);
    }
    try {
      return Path.of(folder);
    } catch (InvalidPathException e) {
      throw new UsageException("--data (%s): %s".formatted(data, e.getReason()), e);
    }
  }

  private static UsageException unknown(String data) {
    return new UsageException("--data (%s) must be %s".formatted(data, FORMS));
  }

  private static UsageException lost(RecordedData recorded, String why) {
    return new UsageException(
        "the model was trained on %s (%s), %s; put them back, or name images by --data: %s"
            .formatted(recorded.description(), recorded.source(), why, FORMS));
  }

  /** The record that a model trained on them would keep. */
  RecordedData recorded() {
    return RecordedData.of(name, source, heldOutSize);
  }

  /** Whether they are MNIST's digits, by their pixels: the digit classifier is for no others. */
  boolean isDigits() {
    return source instanceof ImageDataSource images && Mnist.is(images);
  }

  @Override
  public void close() throws IOException {
    closed.close();
  }
}
