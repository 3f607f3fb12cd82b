package dev.idem.figures.run;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The columns of a run's CSV file over its first column, the step. */
public final class Measurements {

  private final Map<String, Track> columns = new LinkedHashMap<>();
  private long rows;
  private long lastStep = -1;
  private Optional<String> damage = Optional.empty();

  private Measurements() {}

  /** No rows and no columns. */
  public static Measurements none() {
    return new Measurements();
  }

  /**
   * Reads a file, up to the first line that is damaged; there are no columns if it is missing.
   *
   * @param file CSV with a header, the step in its first column, numbers in all
   * @throws IOException if it cannot be read
   */
  public static Measurements read(Path file) throws IOException {
    Measurements read = new Measurements();
    if (!Files.exists(file)) {
      return read;
    }
    CSVFormat format = CSVFormat.Builder.create().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(reader, format)) {
      List<String> names = parser.getHeaderNames();
      names.stream().skip(1).forEach(name -> read.columns.put(name, new Track()));
      List<Track> tracks = List.copyOf(read.columns.values());
      for (CSVRecord row : parser) {
        read.add(row, tracks);
      }
    } catch (CharacterCodingException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      read.damage =
          Optional.of(
              "%s is damaged after line %s; what precedes is shown"
                  .formatted(file.getFileName(), read.rows + 1));
    }
    return read;
  }

  private void add(CSVRecord row, List<Track> tracks) {
    if (row.size() != tracks.size() + 1) {
      throw new IllegalArgumentException("row of %s cells".formatted(row.size()));
    }
    double[] values = new double[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(row.get(i));
    }
    rows++;
    lastStep = (long) values[0];
    for (int i = 1; i < values.length; i++) {
      tracks.get(i - 1).add(values[0], values[i]);
    }
  }

  /** By name, in the file's order. */
  Map<String, Track> columns() {
    return columns;
  }

  long rows() {
    return rows;
  }

  /** The step of the last row; -1 without rows. */
  public long lastStep() {
    return lastStep;
  }

  /** The value of a column in the last row; not-a-number without rows or column. */
  public double last(String column) {
    Track track = columns.get(column);
    return track == null ? Double.NaN : track.last();
  }

  /** What is wrong with the file; empty if nothing is. */
  Optional<String> damage() {
    return damage;
  }
}
