package dev.idem.figures;

import dev.idem.figures.chart.SvgWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a figure's drawings as PNG and SVG and its tables as CSV. */
public final class FigureWriter {

  private static final CSVFormat CSV = CSVFormat.Builder.create().setRecordSeparator('\n').get();

  private FigureWriter() {}

  /**
   * Writes everything of {@code result} into {@code folder}.
   *
   * @throws IOException if a file cannot be written, naming it
   */
  public static void write(FigureResult result, OutputFolder folder) throws IOException {
    for (Drawing drawing : result.drawings()) {
      folder.write(drawing.name() + ".png", drawing.picture().png());
      folder.write(drawing.name() + ".svg", SvgWriter.svg(drawing.picture()));
    }
    for (Table table : result.tables()) {
      folder.write(table.fileName(), csv(table));
    }
  }

  private static byte[] csv(Table table) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
      printer.printRecord(table.header());
      for (List<Object> row : table.rows()) {
        printer.printRecord(row);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
