package dev.idem.runs.experiment;

import java.util.List;

/** Values as an experiment file, with the origin of each as a comment. */
final class SettingsPrinter {

  private static final int COMMENT_COLUMN = 44;

  private final StringBuilder out = new StringBuilder();
  private List<String> open = List.of();

  private SettingsPrinter() {}

  static String print(Values values) {
    SettingsPrinter printer = new SettingsPrinter();
    values.all().forEach(printer::line);
    return printer.out.toString();
  }

  private void line(Setting setting) {
    List<String> segments = setting.key().segments();
    List<String> sections = segments.subList(0, segments.size() - 1);
    int shared = 0;
    while (shared < Math.min(open.size(), sections.size())
        && open.get(shared).equals(sections.get(shared))) {
      shared++;
    }
    for (int i = shared; i < sections.size(); i++) {
      out.append("  ".repeat(i)).append(sections.get(i)).append(":\n");
    }
    open = sections;
    String said =
        "  ".repeat(sections.size())
            + segments.get(segments.size() - 1)
            + ": "
            + Kind.written(setting.value());
    String padding = " ".repeat(Math.max(2, COMMENT_COLUMN - said.length()));
    out.append(said)
        .append(padding)
        .append("# ")
        .append(setting.place().toString().replaceAll("[^\\x20-\\x7e]", "?"))
        .append('\n');
  }
}
