package dev.idem.runs;

import dev.idem.api.training.NetworkView;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.RunFolder.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Images of a network through training, as files in a folder: of the first evaluation in each fifth
 * of the planned steps, and of the last evaluation drawn. So those of a run that was resumed are
 * those of one that was not, and there are six of a kind at most.
 */
final class Snapshots {

  private static final int PARTS = 5;
  private static final Pattern FILE = Pattern.compile("step-(\\d{12})-([a-z-]+)\\.png");

  private final Path folder;
  private final long planned;
  private final Map<String, Function<NetworkView, byte[]>> pictures;

  /**
   * Images in a folder, which is made with the first.
   *
   * @param planned steps
   * @param pictures what they show, by name
   */
  Snapshots(Path folder, long planned, Map<String, Function<NetworkView, byte[]>> pictures) {
    this.folder = folder;
    this.planned = planned;
    this.pictures = pictures;
  }

  /** The images in a folder, by step and name; none if it does not exist. */
  static List<Snapshot> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> FILE.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(
              name ->
                  new Snapshot(
                      Long.parseLong(name.group(1)), name.group(2), folder.resolve(name.group())))
          .sorted(Comparator.comparing(Snapshot::step).thenComparing(Snapshot::name))
          .toList();
    }
  }

  /** Whether an evaluation after so many steps is the first of its part of the run. */
  boolean isFirstOfItsPart(long stepsDone) throws IOException {
    return !pictures.isEmpty()
        && in(folder).stream()
            .noneMatch(
                snapshot ->
                    snapshot.step() < stepsDone && part(snapshot.step()) == part(stepsDone));
  }

  private long part(long stepsDone) {
    return stepsDone * PARTS / planned;
  }

  /** Draws the network after so many steps, and removes what need not be kept. */
  void draw(long stepsDone, NetworkView network) throws IOException {
    if (pictures.isEmpty()) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    for (Map.Entry<String, Function<NetworkView, byte[]>> picture : pictures.entrySet()) {
      String name = picture.getKey().replaceFirst(".*/", "");
      SafeFiles.write(
          folder,
          String.format(Locale.ROOT, "step-%012d-%s.png", stepsDone, name),
          picture.getValue().apply(network));
    }
    Set<String> parts = new HashSet<>();
    for (Snapshot snapshot : in(folder)) {
      boolean first = parts.add(part(snapshot.step()) + snapshot.name());
      // Later ones are of steps that an interrupted run had done, and that are done once more.
      if (snapshot.step() > stepsDone || (!first && snapshot.step() < stepsDone)) {
        Files.delete(snapshot.file());
      }
    }
  }
}
