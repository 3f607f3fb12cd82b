package dev.idem.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The options of a long help, under headings; an option is in the same group in every command. */
final class HelpGroups {

  /** The most options that are one list. */
  static final int MOST = 8;

  private static final String OTHERS = "Options";

  static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(OTHERS, List.of());
    GROUPS.put(
        "Data",
        List.of("--data", "--in", "--degrade", "--size", "--grey", "--fit", "--label", "--noise"));
    GROUPS.put("Network", List.of("--network", "--normalization"));
    GROUPS.put(
        "Loss",
        List.of(
            "--strategy",
            "--gradient-scale",
            "--weight",
            "--order",
            "--step-cap",
            "--ign-preset",
            "--reconstruction-weight",
            "--idempotence-weight",
            "--tightness-weight",
            "--tightness-margin",
            "--clamp-ratio"));
    GROUPS.put(
        "Training",
        List.of("--preset", "--steps", "--batch", "--rate", "--stop-on-collapse", "--set"));
    GROUPS.put("Measurement", List.of("--metrics", "--without", "--samples", "--features"));
    GROUPS.put("Files", List.of("--out", "--resume", "--print-config", "--schema", "--dry-run"));
    GROUPS.put(
        "Computation",
        List.of(
            "--seed",
            "--threads",
            "--jobs",
            "--device",
            "--precision",
            "--xla",
            "--runner",
            "--master",
            "--conf",
            "--store"));
    GROUPS.put("General", List.of("--quiet", "--verbose", "--plugins", "--help", "--version"));
  }

  private HelpGroups() {}

  /** Groups the options of a command and of its subcommands where there are many. */
  static void apply(CommandLine line) {
    if (line.getCommandSpec().options().size() > MOST) {
      line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpGroups::render);
    }
    line.getSubcommands().values().forEach(HelpGroups::apply);
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (heading, names) -> {
          List<OptionSpec> group = new ArrayList<>(help.commandSpec().options());
          group.removeIf(option -> !heading.equals(of(option)));
          group.sort(Comparator.comparingInt(option -> names.indexOf(option.longestName())));
          if (!group.isEmpty()) {
            Layout layout = help.createDefaultLayout();
            layout.addOptions(group, help.parameterLabelRenderer());
            text.append("%n%s:%n".formatted(heading)).append(layout);
          }
        });
    return text.toString();
  }

  private static String of(OptionSpec option) {
    return GROUPS.entrySet().stream()
        .filter(group -> group.getValue().contains(option.longestName()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHERS);
  }
}
