package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpGroupsTest {

  private static final List<CommandLine> LONG = longHelps();

  private static List<CommandLine> longHelps() {
    Injector injector =
        Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(Map.of(), List.of()));
    return IdemCommand.commandLine(injector::getInstance).getSubcommands().values().stream()
        .flatMap(one -> Stream.concat(Stream.of(one), one.getSubcommands().values().stream()))
        .filter(one -> one.getCommandSpec().options().size() > HelpGroups.MOST)
        .toList();
  }

  private static Stream<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream().map(OptionSpec::longestName);
  }

  @Test
  void everyNameInAGroupIsAnOption() {
    Set<String> options =
        LONG.stream().flatMap(HelpGroupsTest::options).collect(Collectors.toSet());
    assertThat(HelpGroups.GROUPS.values())
        .allSatisfy(names -> assertThat(options).containsAll(names));
  }

  @Test
  void noNameIsInTwoGroups() {
    assertThat(HelpGroups.GROUPS.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void fewOptionsOfALongHelpAreInNoGroup() {
    List<String> grouped = HelpGroups.GROUPS.values().stream().flatMap(List::stream).toList();
    assertThat(LONG)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            command ->
                assertThat(options(command).filter(option -> !grouped.contains(option)))
                    .as(command.getCommandName())
                    .hasSizeLessThanOrEqualTo(HelpGroups.MOST));
  }
}
