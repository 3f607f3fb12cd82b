package dev.idem.figures.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Notes that many numbers share, printed once. */
final class Footnotes {

  private final List<String> notes = new ArrayList<>();

  /** The marks of these notes, such as {@code (1)(3)}. */
  String marks(List<String> of) {
    return of.stream().map(this::mark).collect(Collectors.joining());
  }

  private String mark(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return "(" + (notes.indexOf(note) + 1) + ")";
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < notes.size(); i++) {
      lines.add("(" + (i + 1) + ") " + notes.get(i));
    }
    return lines;
  }
}
