package dev.idem.models.data;

import dev.idem.api.data.DataSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The ready-made data sources by name. */
public final class DataSources {

  private static final Map<String, Supplier<DataSource>> ALL = build();

  private DataSources() {}

  /** Every data source by name, in the order of listings; loaded when asked for. */
  public static Map<String, Supplier<DataSource>> all() {
    return ALL;
  }

  private static Map<String, Supplier<DataSource>> build() {
    Map<String, Supplier<DataSource>> sources = new LinkedHashMap<>();
    sources.put("normal-16", () -> new Gaussian(16));
    sources.put("normal-64", () -> new Gaussian(64));
    sources.put("mnist", Mnist::embedded);
    return Collections.unmodifiableMap(sources);
  }
}
