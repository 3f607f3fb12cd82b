package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Notes that many numbers share, printed once. */
final class Footnotes {

  private final List<String> notes = new ArrayList<>();

  /** The marks of the entries' notes, each once, such as {@code (1)(3)}. */
  String marks(List<Entry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.notes().stream())
        .distinct()
        .map(this::mark)
        .collect(Collectors.joining());
  }

  private String mark(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return "(" + (notes.indexOf(note) + 1) + ")";
  }

  List<String> lines() {
    return IntStream.range(0, notes.size())
        .mapToObj(i -> "(" + (i + 1) + ") " + notes.get(i))
        .toList();
  }
}
