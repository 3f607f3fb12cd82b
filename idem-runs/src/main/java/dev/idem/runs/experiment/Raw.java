package dev.idem.runs.experiment;

import java.util.List;

/**
 * A value as written.
 *
 * @param items one, or those of a list
 * @param list whether it was written as a list
 * @param place where it begins
 */
record Raw(List<Item> items, boolean list, Place place) {

  /**
   * A single value.
   *
   * @param text without quotes
   * @param place where it begins
   */
  record Item(String text, Place place) {}

  /**
   * A key and its value.
   *
   * @param path dotted
   * @param key where the key is
   * @param value empty of items where nothing, or {@code null}, was written
   */
  record Entry(String path, Place key, Raw value) {}

  Raw {
    items = List.copyOf(items);
  }

  /** Whether nothing was written. */
  boolean missing() {
    return items.isEmpty() && !list;
  }

  static Raw single(String text, Place place) {
    return new Raw(List.of(new Item(text, place)), false, place);
  }
}
