package dev.idem.generative.degradation;

import dev.idem.api.check.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The degradations by name, with their default settings. */
public final class Degradations {

  private Degradations() {}

  /** All of them: {@code noise}, {@code grey}, {@code sketch}, {@code mask}. */
  public static Map<String, Degradation> all() {
    Map<String, Degradation> all = new LinkedHashMap<>();
    all.put("noise", new AdditiveNoise(0.15));
    all.put("grey", new GreyScale());
    all.put("sketch", new Sketch(21));
    all.put("mask", new Mask(0.4));
    return Collections.unmodifiableMap(all);
  }

  /** The names, in order. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The degradation of that name.
   *
   * @throws IllegalArgumentException with the names, if there is none
   */
  public static Degradation named(String name) {
    return Require.known(all().get(name), "degradation", name, all().keySet());
  }
}
