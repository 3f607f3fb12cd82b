package dev.idem.uses;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.uses.compression.Compression;
import dev.idem.uses.denoising.Denoising;
import dev.idem.uses.projection.KnownProjections;
import dev.idem.uses.sorting.Sorting;
import dev.idem.uses.tabular.TabularRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The uses by name. */
public final class Uses {

  private static final String DENOISING = "denoising";
  private static final String COMPRESSION = "compression";
  private static final String TABULAR = "tabular";

  private static final Map<String, Supplier<UseFamily>> ALL = build();

  private Uses() {}

  private static Map<String, Supplier<UseFamily>> build() {
    Map<String, Supplier<UseFamily>> uses = new LinkedHashMap<>();
    uses.put("sorting", Sorting::new);
    uses.put(DENOISING, Denoising::new);
    uses.put(COMPRESSION, Compression::new);
    uses.put("projection", KnownProjections::new);
    uses.put(TABULAR, TabularRows::new);
    return Collections.unmodifiableMap(uses);
  }

  /** The names, in the order of listings. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The use of that name, with its own data.
   *
   * @throws IllegalArgumentException with the known names, if there is none
   */
  public static UseFamily named(String name) {
    return Require.known(ALL.get(name), "task", name, ALL.keySet()).get();
  }

  /**
   * Denoising or compression of other images.
   *
   * @param available the most images to hold out
   * @throws IllegalArgumentException if the use takes no images
   */
  public static UseFamily onImages(String name, FiniteDataSource images, int available) {
    requireImages(name);
    return name.equals(DENOISING)
        ? new Denoising(images, available)
        : new Compression(images, available);
  }

  /**
   * Checks that a use takes images, before they are opened.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void requireImages(String name) {
    Require.argument(
        !name.equals(TABULAR), "task '%s' takes a table, table:FILE.csv, not images", name);
    Require.argument(
        name.equals(DENOISING) || name.equals(COMPRESSION),
        "task '%s' takes no images; denoising and compression do",
        name);
  }

  /**
   * The use of tables, on another table.
   *
   * @param csv a file with a header
   * @param label the column of labels, if it has one
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the use takes no table, or the table does not suit
   */
  public static UseFamily onTable(String name, Path csv, Optional<String> label)
      throws IOException {
    Require.argument(name.equals(TABULAR), "task '%s' takes no table; tabular does", name);
    return TabularRows.of(csv, label);
  }
}
