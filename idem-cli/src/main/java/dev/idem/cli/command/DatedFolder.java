package dev.idem.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/** The folder of a run or a sweep that is given none: {@code runs/2026-11-28-ign}. */
final class DatedFolder {

  private static final Path RUNS = Path.of("runs");

  private DatedFolder() {}

  /** A folder of today that does not exist, in {@code runs}. */
  static Path of(String name, InstantSource clock) {
    return in(RUNS, name, clock, ZoneId.systemDefault());
  }

  /**
   * A folder of today that does not exist: the date and the name, and from the second on a number.
   */
  static Path in(Path parent, String name, InstantSource clock, ZoneId zone) {
    String dated = LocalDate.ofInstant(clock.instant(), zone) + "-" + name;
    Path folder = parent.resolve(dated);
    for (int i = 2; Files.exists(folder); i++) {
      folder = parent.resolve(dated + "-" + i);
    }
    return folder;
  }

  /** The name of a file without its extension. */
  static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }
}
