package dev.idem.runs.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants as they are written in a file: {@code BATCH_MEAN} as {@code batch-mean}. */
final class Labels {

  private Labels() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> List<String> of(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Labels::of).toList();
  }

  /** The constant of that label, which there is. */
  static <E extends Enum<E>> E constant(Class<E> type, String label) {
    return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
