package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs of {@code idem reproduce}, and what they measured. */
final class Reproduction {

  private static final Pattern EMBEDDED = Pattern.compile("data:[^\"]++");

  private Reproduction() {}

  /** Draws figures into {@code out}, which it answers. */
  static Path into(Path out, String... options) {
    run(out, options);
    return out;
  }

  /** What drawing them prints. */
  static Console run(Path out, String... options) {
    String[] arguments =
        Stream.concat(
                Stream.of("reproduce", "--out", out.toString(), "--device", "cpu"),
                Stream.of(options))
            .toArray(String[]::new);
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
    return console;
  }

  /** The report without what its images hold, in which a search takes minutes. */
  static String text(Path out) throws IOException {
    return EMBEDDED.matcher(Files.readString(out.resolve("index.html"))).replaceAll("data:");
  }

  /** Every table but those of wall times. */
  static Map<String, String> numbers(Path out) throws IOException {
    Map<String, String> tables = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      files
          .filter(file -> file.toString().endsWith(".csv"))
          .filter(file -> !file.toString().endsWith("-timing.csv"))
          .forEach(file -> tables.put(out.relativize(file).toString(), read(file)));
    }
    return tables;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
