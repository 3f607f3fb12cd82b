package dev.idem.runs.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The reason that a text is invalid YAML, at the place of the error: Jackson itself reports the
 * place of the previous token, and what was being read.
 *
 * @param place of the error
 * @param message a line
 */
record InvalidYaml(Place place, String message) {

  private static final String TAB = "(TAB)";
  private static final String NO_TOKEN = " that cannot start any token";
  private static final String DOUBLE_QUOTED = "while scanning a double-quoted scalar";

  /** The first character that YAML does not allow anywhere, if there is one. */
  static Optional<InvalidYaml> character(String yaml, String name) {
    int line = 1;
    int column = 1;
    for (int at = 0; at < yaml.length(); at += Character.charCount(yaml.codePointAt(at))) {
      int point = yaml.codePointAt(at);
      if (!StreamReader.isPrintable(point)) {
        return Optional.of(
            new InvalidYaml(
                new Place(name, line, column),
                String.format(
                    Locale.ROOT,
                    "invalid YAML: the character U+%04X is not allowed; remove it",
                    point)));
      }
      boolean ends = point == '\n' || (point == '\r' && !yaml.startsWith("\n", at + 1));
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return Optional.empty();
  }

  /** What the parser stumbled over. */
  static InvalidYaml of(JsonProcessingException failure, String name) {
    if (failure.getCause() instanceof MarkedYAMLException marked
        && marked.getProblemMark() != null
        && marked.getProblem() != null) {
      return new InvalidYaml(
          place(marked.getProblemMark(), name), "invalid YAML: " + problem(marked) + begun(marked));
    }
    JsonLocation at = failure.getLocation();
    return new InvalidYaml(
        at == null ? Place.of(name) : new Place(name, at.getLineNr(), at.getColumnNr()),
        "invalid YAML: " + Problems.shown(firstLine(failure.getOriginalMessage())));
  }

  private static String problem(MarkedYAMLException marked) {
    String problem = Problems.shown(firstLine(marked.getProblem()));
    if (problem.contains(NO_TOKEN)) {
      return problem.contains(TAB)
          ? "a tab; use spaces"
          : problem.substring(0, problem.indexOf(NO_TOKEN))
              + ", which no value begins with; put the value in quotes";
    }
    return DOUBLE_QUOTED.equals(marked.getContext()) && problem.contains("escape")
        ? problem + "; in double quotes write \\\\ for a backslash, or use single quotes"
        : problem;
  }

  /** What is unfinished there, if that began elsewhere. */
  private static String begun(MarkedYAMLException marked) {
    Mark begin = marked.getContextMark();
    return begin == null
            || marked.getContext() == null
            || DOUBLE_QUOTED.equals(marked.getContext())
            || begin.getIndex() == marked.getProblemMark().getIndex()
        ? ""
        : ", %s from %s:%s"
            .formatted(firstLine(marked.getContext()), begin.getLine() + 1, begin.getColumn() + 1);
  }

  private static Place place(Mark mark, String name) {
    return new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "cannot be read" : message.lines().findFirst().orElse("");
  }
}
