package dev.idem.models.data;

import dev.idem.api.data.DataSource;
import dev.idem.models.data.DistributionSource.Gaussian;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The ready-made data sources by name. */
public final class DataSources {

  private static final Map<String, Supplier<DataSource>> ALL = build();

  private DataSources() {}

  /** Every data source by name, in the order of listings; each is loaded once, when asked for. */
  public static Map<String, Supplier<DataSource>> all() {
    return ALL;
  }

  private static Map<String, Supplier<DataSource>> build() {
    DataSource narrow = new Gaussian(16);
    DataSource wide = new Gaussian(64);
    Map<String, Supplier<DataSource>> sources = new LinkedHashMap<>();
    sources.put("normal-16", () -> narrow);
    sources.put("normal-64", () -> wide);
    sources.put("mnist", () -> Embedded.DIGITS);
    return Collections.unmodifiableMap(sources);
  }

  /** Loaded once, when asked for. */
  private static final class Embedded {
    static final DataSource DIGITS = Mnist.embedded();
  }
}
