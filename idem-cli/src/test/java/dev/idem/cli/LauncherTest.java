package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code idem} in a clone whose Maven and Java only record how they were called. */
class LauncherTest {

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "$*" >>builds
      mkdir -p idem-api/target idem-cli/target
      touch idem-api/target/idem-api-1.jar library.jar
      printf %s "$(pwd -P)/idem-api/target/idem-api-1.jar:$(pwd -P)/library.jar" >idem-cli/target/dependencies.classpath
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [ "$1" = -version ]; then printf '%s\\n' "$SAYS" >&2; exit "$STATUS"; fi
      printf '%s\\n' "$LC_ALL" "$@"
      """;

  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;
  private Path clone;

  @BeforeEach
  void makeTheClone() throws IOException {
    folder = folder.toRealPath();
    clone = Files.createDirectories(folder.resolve("a clone & [more]"));
    Files.writeString(Files.createDirectories(clone.resolve("idem-cli")).resolve("pom.xml"), "");
    Files.writeString(clone.resolve("pom.xml"), "");
    script(clone.resolve("idem"), Files.readString(Path.of("..", "idem")));
    script(clone.resolve("mvnw"), MAVEN);
    script(folder.resolve("jdk/bin/java"), JAVA);
    environment.put("SAYS", "openjdk version \"17.0.15\" 2025-04-15");
    environment.put("STATUS", "0");
    environment.put("PATH", folder.resolve("jdk/bin") + ":" + System.getenv("PATH"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What the command printed, and as the last line its status. */
  private List<String> run(Path command, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "IDEM_MAVEN_ARGS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return (output + "status " + process.waitFor()).lines().toList();
  }

  private List<String> idem(String... arguments) throws Exception {
    return run(clone.resolve("idem"), arguments);
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(clone.resolve("builds"));
  }

  private String classPath() {
    return "%1$s/idem-cli/target/classes:%1$s/idem-api/target/idem-api-1.jar:%1$s/library.jar"
        .formatted(clone);
  }

  @Test
  void buildsOnceAndPassesTheArgumentsOn() throws Exception {
    assertThat(idem("run", "a file.yaml").get(0)).startsWith("idem: building");
    assertThat(idem("run", "a file.yaml"))
        .containsSequence(
            "-cp", classPath(), "dev.idem.cli.Main", "run", "a file.yaml", "status 0");
    assertThat(builds()).containsExactly("-q -ntp -DskipTests package");
  }

  @Test
  void runsThroughAChainOfSymbolicLinks() throws Exception {
    Path link = Files.createDirectories(folder.resolve("bin")).resolve("idem");
    Files.createSymbolicLink(link, Path.of("../linked clone/idem"));
    Files.createSymbolicLink(folder.resolve("linked clone"), clone);
    Files.createSymbolicLink(folder.resolve("command"), link);
    assertThat(run(folder.resolve("command"))).containsSequence("-cp", classPath());
    assertThat(run(folder.resolve("linked clone/idem"))).containsSequence("-cp", classPath());
    assertThat(builds()).hasSize(1);
  }

  @Test
  void aMovedCloneRunsItsOwnModules() throws Exception {
    Path library = folder.resolve("library.jar");
    script(clone.resolve("mvnw"), MAVEN.replace("$(pwd -P)/library", folder + "/library"));
    Files.writeString(library, "");
    idem();
    clone = Files.move(clone, folder.resolve("moved"));
    assertThat(idem())
        .containsSequence(
            "-cp",
            clone
                + "/idem-cli/target/classes:"
                + clone
                + "/idem-api/target/idem-api-1.jar:"
                + library);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildsAgainWhenAJarOfTheClassPathIsGone() throws Exception {
    idem();
    Files.delete(clone.resolve("library.jar"));
    assertThat(idem()).containsSequence("-cp", classPath());
    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenTheArgumentsOfTheBuildChange() throws Exception {
    idem();
    environment.put("IDEM_MAVEN_ARGS", "-Pgpu -o");
    idem();
    idem();
    environment.remove("IDEM_MAVEN_ARGS");
    idem();
    assertThat(builds())
        .containsExactly(
            "-q -ntp -DskipTests package",
            "-q -ntp -DskipTests -Pgpu -o package",
            "-q -ntp -DskipTests package");
  }

  @Test
  void aBuildByMavenItselfCountsAsOneWithoutArguments() throws Exception {
    environment.put("IDEM_MAVEN_ARGS", "-Pgpu");
    idem();
    Files.setLastModifiedTime(
        clone.resolve("idem-cli/target/dependencies.classpath"),
        FileTime.from(Instant.now().plusSeconds(10)));
    environment.remove("IDEM_MAVEN_ARGS");
    idem();
    assertThat(builds()).hasSize(1);
    environment.put("IDEM_MAVEN_ARGS", "-Pgpu");
    idem();
    assertThat(builds()).hasSize(2);
  }

  @Test
  void aCloneInAFolderWithAColonIsRefused() throws Exception {
    clone = Files.move(clone, folder.resolve("a:b"));
    assertThat(idem())
        .containsExactly(
            "idem: this clone is in "
                + clone
                + ", and Java's class path cannot hold a folder with a colon; move the clone",
            "status 1");
  }

  @Test
  void whatAJvmThatCannotStartSaysIsShown() throws Exception {
    environment.put("SAYS", "Error occurred during initialization of VM\nCould not reserve memory");
    environment.put("STATUS", "3");
    assertThat(idem())
        .containsExactly(
            "Error occurred during initialization of VM", "Could not reserve memory", "status 3");
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    environment.put("SAYS", "java version \"1.8.0_402\"");
    assertThat(idem())
        .containsExactly(
            "idem: Java 17 or later is needed, and java is of version 1.8.0_402; set JAVA_HOME to a newer JDK",
            "status 1");
  }

  @Test
  void aJavaHomeWithoutJavaIsRefused() throws Exception {
    environment.put("JAVA_HOME", folder + "/nowhere");
    assertThat(idem())
        .containsExactly(
            "idem: JAVA_HOME ("
                + folder
                + "/nowhere) has no bin/java; set it to a JDK of version 17 or later, or unset it",
            "status 1");
  }

  @Test
  void onlyANewJavaIsGivenTheFlagsOfANewJava() throws Exception {
    String flag = "--sun-misc-unsafe-memory-access=allow";
    assertThat(idem()).doesNotContain(flag);
    environment.put("SAYS", "Picked up JAVA_TOOL_OPTIONS: -Da=b\nopenjdk version \"25-ea\"");
    assertThat(idem()).contains(flag);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void inTheCLocaleJavaReadsFileNamesAsUtf8() throws Exception {
    environment.put("LC_ALL", "C");
    idem();
    assertThat(idem()).startsWith("C.UTF-8");
  }
}
