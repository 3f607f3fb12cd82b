package dev.idem.figures.report;

import com.samskivert.mustache.Mustache;
import dev.idem.api.check.Numbers;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page that needs no other file to be read, from a template and its values. Templates share the
 * partials {@code style}, {@code drawing} and {@code table}, so that all pages look alike; {@link
 * #drawing}, {@link #table} and {@link #pairs} make their values.
 */
public final class Page {

  /** The name of its file. */
  public static final String NAME = "index.html";

  private Page() {}

  /**
   * Writes {@link #NAME}, replacing an earlier one. Text is escaped.
   *
   * @param owner the class beside whose class file the template lies
   * @param template the name of the resource
   * @param values by the names that the template has for them
   * @throws IOException if that fails
   */
  public static void write(
      OutputFolder folder, Class<?> owner, String template, Map<String, Object> values)
      throws IOException {
    Mustache.Compiler compiler =
        Mustache.compiler()
            .escapeHTML(true)
            .withLoader(partial -> open(Page.class, partial + ".mustache.html"));
    try (Reader reader = open(owner, template)) {
      String page = compiler.compile(reader).execute(values);
      folder.write(NAME, page.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Reader open(Class<?> owner, String name) throws IOException {
    InputStream resource = owner.getResourceAsStream(name);
    if (resource == null) {
      throw new FileNotFoundException("resource " + name + " is missing from the jar");
    }
    return new InputStreamReader(resource, StandardCharsets.UTF_8);
  }

  /**
   * The values of the partial {@code drawing}, the picture included, with a link to its SVG file.
   *
   * @param path of the drawing's files from the page: empty, or a folder and a slash
   */
  public static Map<String, Object> drawing(Drawing drawing, String path) {
    Map<String, Object> values = drawing(Embedded.of(drawing));
    values.put("svg", path + drawing.name() + ".svg");
    return values;
  }

  /** The values of the partial {@code drawing}, the picture included. */
  static Map<String, Object> drawing(Embedded image) {
    String png = Base64.getEncoder().encodeToString(image.png());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("caption", image.caption());
    values.put("source", "data:image/png;base64," + png);
    values.put("width", image.width());
    values.put("height", image.height());
    return values;
  }

  /**
   * The values of the partial {@code table}, its numbers as {@link Numbers#rounded}, with a link to
   * its file.
   *
   * @param path of the table's file from the page: empty, or a folder and a slash
   */
  public static Map<String, Object> table(Table table, String path) {
    Map<String, Object> values = table(table);
    values.put("href", path + table.fileName());
    return values;
  }

  /** The values of the partial {@code table}, its numbers as {@link Numbers#rounded}. */
  static Map<String, Object> table(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Object> row : table.rows()) {
      rows.add(Map.of("cells", row.stream().map(Page::cell).toList()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("caption", table.caption());
    values.put("header", table.header());
    values.put("rows", rows);
    return values;
  }

  private static Map<String, Object> cell(Object cell) {
    if (cell instanceof Double number) {
      return Map.of("text", Numbers.rounded(number, 3), "number", true);
    }
    return Map.of("text", cell.toString(), "number", cell instanceof Number);
  }

  /** Entries as a list, each with its {@code key} and its {@code value}. */
  public static List<Map<String, String>> pairs(Map<String, String> entries) {
    List<Map<String, String>> pairs = new ArrayList<>();
    entries.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
    return pairs;
  }
}
