package dev.idem.figures.efficacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;

/**
 * Figure 5 of the authors' ICML 2025 poster, read off its pixels, about 2 % precise. The poster is
 * {@code idempotency-poster.pdf} of the first author's public site.
 */
final class Poster {

  /** Rate x epoch that ordinary backpropagation needs at equal error, over that of modified. */
  private static final Map<String, Double> RATIOS = Map.of("B2", 77.0, "B3", 2_000.0);

  private static final List<Reading> READINGS = read();

  private Poster() {}

  /**
   * A point of a curve.
   *
   * @param panel B2 or B3
   * @param method ordinary or modified
   * @param error mean |f(f(x)) - f(x)|
   */
  record Reading(String panel, String method, double rate, int epoch, double error) {}

  /** The readings of a panel. */
  static List<Reading> of(String panel) {
    return READINGS.stream().filter(reading -> reading.panel().equals(panel)).toList();
  }

  /** How many times as much rate x epoch the ordinary method needs for an equal error. */
  static double ratio(String panel) {
    return Objects.requireNonNull(RATIOS.get(panel), panel);
  }

  /** The error before the first epoch: the largest of the smallest rates. */
  static double start(String panel) {
    return of(panel).stream().mapToDouble(Reading::error).max().orElseThrow();
  }

  private static List<Reading> read() {
    CSVFormat format =
        CSVFormat.Builder.create()
            .setCommentMarker('#')
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (InputStream stream =
        Objects.requireNonNull(Poster.class.getResourceAsStream("poster-figure-5.csv"))) {
      return format.parse(new InputStreamReader(stream, StandardCharsets.UTF_8)).stream()
          .map(
              row ->
                  new Reading(
                      row.get("network"),
                      row.get("method"),
                      Double.parseDouble(row.get("learning_rate")),
                      Integer.parseInt(row.get("epoch")),
                      Double.parseDouble(row.get("mean_absolute_error"))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
