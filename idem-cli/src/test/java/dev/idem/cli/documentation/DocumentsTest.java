package dev.idem.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.command.IdemModule;
import dev.idem.cli.documentation.Documents.Block;
import dev.idem.cli.documentation.Documents.Reference;
import dev.idem.runs.experiment.Experiments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/** Every code block is compiled by some build, resolved, or parsed; every link leads somewhere. */
class DocumentsTest {

  private static final Pattern IDEM = Pattern.compile("(?:\\./idem|idem/idem)\\s+(.+)");

  static final List<Block> java = of("java");
  static final List<Block> xml = of("xml");

  static final List<Block> yaml = of("yaml");

  static final List<Block> text = of("text");
  static final List<Block> sh = of("sh");

  /** What stands here for the plug-ins that the tutorials build; .ci runs those themselves. */
  private static final Map<String, String> STAND_INS =
      Map.of(
          "{name: absolute, weight: 0.5}", "{name: canonical, weight: 0.5}",
          "network: {name: residual}", "network: {name: mlp}",
          "data: {source: uniform}", "data: {source: normal-16}",
          "listeners: [csv, last-gradient]", "listeners: [csv]");

  /** Whitespace at the ends of lines and empty lines aside, as code is indented where it stands. */
  private static final Map<Path, String> SOURCES =
      Stream.of(
              Documents.files(Documents.ROOT, ".java"),
              Documents.files(Documents.ROOT, "pom.xml"),
              Documents.files(Documents.ROOT.resolve("examples"), "Module"))
          .flatMap(List::stream)
          .collect(Collectors.toMap(file -> file, file -> trimmed(Documents.read(file))));

  private static List<Block> of(String language) {
    return Documents.blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  private static String trimmed(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static boolean standsIn(String suffix, Block block) {
    String wanted = trimmed(block.text());
    return SOURCES.entrySet().stream()
        .anyMatch(
            source ->
                source.getKey().toString().endsWith(suffix) && source.getValue().contains(wanted));
  }

  @Test
  void everyBlockIsOfAKindThatIsChecked() {
    assertThat(Documents.blocks())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            block ->
                assertThat(block.language())
                    .as("language of the block at %s", block)
                    .isIn("java", "xml", "yaml", "text", "sh", "mermaid"));
  }

  @ParameterizedTest
  @FieldSource("java")
  void javaStandsInAFileThatIsCompiled(Block block) {
    assertThat(standsIn(".java", block)).as("%s", block).isTrue();
  }

  @ParameterizedTest
  @FieldSource("xml")
  void xmlStandsInAPomThatIsBuilt(Block block) {
    assertThat(standsIn("pom.xml", block)).as("%s", block).isTrue();
  }

  @ParameterizedTest
  @FieldSource("text")
  void otherTextStandsInAnExample(Block block) {
    assertThat(standsIn("Module", block)).as("%s", block).isTrue();
  }

  @Test
  void codeThatIsNowhereWouldBeFound() {
    assertThat(standsIn(".java", new Block("here", "java", "int i = missing;"))).isFalse();
  }

  @ParameterizedTest
  @FieldSource("yaml")
  void experimentFilesResolve(Block block, @TempDir Path folder) throws IOException {
    String text = block.text();
    for (Map.Entry<String, String> standIn : STAND_INS.entrySet()) {
      text = text.replace(standIn.getKey(), standIn.getValue());
    }
    Path file = Files.writeString(folder.resolve("experiment.yaml"), text);
    if (text.lines().anyMatch(line -> line.startsWith("sweep:"))) {
      assertThat(Experiments.builtIn().readSweep(file, List.of()).entries())
          .as("%s", block)
          .hasSizeGreaterThan(1);
      return;
    }
    StringWriter err = new StringWriter();
    int code =
        commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("run", file.toString(), "--print-config");
    assertThat(code).as("%s: %s", block, err).isZero();
  }

  @ParameterizedTest
  @FieldSource("sh")
  void commandsAreUnderstood(Block block) {
    List<String> lines =
        block.text().lines().map(DocumentsTest::withoutComment).filter(s -> !s.isBlank()).toList();
    assertThat(lines)
        .as("%s", block)
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).matches("(\\(cd idem && )?(\\./|idem/|git clone |bash ).*"));
    for (String line : lines) {
      Matcher idem = IDEM.matcher(line);
      if (idem.matches()) {
        assertThatCode(() -> commandLine().parseArgs(words(idem.group(1))))
            .as("%s: %s", block.place(), line)
            .doesNotThrowAnyException();
      }
    }
  }

  private static String withoutComment(String line) {
    return line.replaceAll("(^|\\s+)#.*", "").strip();
  }

  private static String[] words(String line) {
    return Pattern.compile("\"([^\"]*)\"|\\S+")
        .matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group() : word.group(1))
        .toArray(String[]::new);
  }

  private static CommandLine commandLine() {
    Injector injector = Guice.createInjector(new IdemModule(Map.of(), List.of()));
    return IdemCommand.commandLine(injector::getInstance);
  }

  @Test
  void linksLeadSomewhere() {
    assertThat(Documents.references())
        .hasSizeGreaterThan(10)
        .extracting(Reference::target)
        .allSatisfy(target -> assertThat(target).exists());
  }

  /** The picture has the arrows that the poms have, less those that others imply. */
  @Test
  void architectureIsDrawnAsItIs() {
    String picture = of("mermaid").get(0).text();
    assertThat(edges(picture, "(idem-\\w+) --> (idem-\\w+)")).isEqualTo(reduced(dependencies()));
  }

  private static Set<String> edges(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(edge -> edge.group(1) + " " + edge.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> dependencies() {
    Set<String> edges = new TreeSet<>();
    for (String module :
        List.of(
            "api",
            "tf",
            "models",
            "onnx",
            "generative",
            "eval",
            "figures",
            "uses",
            "explore",
            "runs",
            "cli")) {
      String pom = Documents.read(Documents.ROOT.resolve("idem-" + module + "/pom.xml"));
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
          .matcher(pom)
          .results()
          .map(MatchResult::group)
          .filter(text -> !text.contains("<scope>test</scope>"))
          .flatMap(text -> Pattern.compile("<artifactId>(idem-\\w+)<").matcher(text).results())
          .forEach(found -> edges.add("idem-" + module + " " + found.group(1)));
    }
    return edges;
  }

  private static Set<String> reduced(Set<String> edges) {
    Set<String> kept = new TreeSet<>(edges);
    kept.removeIf(edge -> impliedByOthers(edge, edges));
    return kept;
  }

  private static boolean impliedByOthers(String edge, Set<String> edges) {
    List<String> reached = new ArrayList<>();
    String[] ends = edge.split(" ", -1);
    edges.stream()
        .filter(first -> first.startsWith(ends[0] + " ") && !first.equals(edge))
        .forEach(first -> reached.add(first.split(" ", -1)[1]));
    for (int i = 0; i < reached.size(); i++) {
      String from = reached.get(i);
      edges.stream()
          .filter(next -> next.startsWith(from + " "))
          .map(next -> next.split(" ", -1)[1])
          .filter(next -> !reached.contains(next))
          .forEach(reached::add);
    }
    return reached.contains(ends[1]);
  }
}
