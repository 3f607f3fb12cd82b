package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      touch idem-api/target/idem-api-1.jar idem-cli/target/idem-cli-1.jar library.jar
      printf %s "$(pwd -P)/idem-api/target/idem-api-1.jar:$(pwd -P)/library.jar" >idem-cli/target/dependencies.classpath
      case " $* " in
        *" -Pspark "*)
          mkdir -p idem-spark/target
          touch idem-spark/target/idem-spark-1.jar
          cp idem-cli/target/dependencies.classpath idem-spark/target/dependencies.classpath
          printf %s "$(pwd -P)/spark.jar" >idem-spark/target/spark.classpath
          ;;
      esac
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [ "$1" = -version ]; then printf '%s\\n' "$SAYS" >&2; exit "$STATUS"; fi
      for option in "$@"; do
        case $option in
          -XX:DumpLoadedClassList=*) echo "$@" >"${option#*=}"; exit ;;
          -Xshare:dump) sleep 0.3; echo "$DUMPS" >>"$RECORD"; [ "$DUMPS" = well ] || exit 1 ;;
          -XX:SharedArchiveFile=*) file=${option#*=} ;;
        esac
      done
      case " $* " in *" -Xshare:dump "*) echo classes >"$file" ;; esac
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
    environment.put("IDEM_ARCHIVE", "off");
    environment.put("DUMPS", "well");
    environment.put("RECORD", folder.resolve("dumps").toString());
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
    return "%1$s/idem-cli/target/idem-cli-1.jar:%1$s/idem-api/target/idem-api-1.jar:%1$s/library.jar"
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
  void anInstalledIdemBuildsNothingAndMakesNoArchive() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    Path installed = folder.resolve("idem 1");
    script(installed.resolve("bin/idem"), Files.readString(Path.of("..", "idem")));
    Path lib = Files.createDirectories(installed.resolve("lib"));
    Files.createFile(lib.resolve("idem-cli-1.jar"));
    Files.createFile(lib.resolve("library.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("linked"), installed.resolve("bin/idem"));

    assertThat(run(link, "train"))
        .containsSequence(
            "-cp",
            lib + "/idem-cli-1.jar:" + lib + "/library.jar",
            "dev.idem.cli.Main",
            "train",
            "status 0")
        .noneMatch(line -> line.startsWith("idem: building"));
    assertThat(run(link, "sweep", "--runner", "spark"))
        .containsExactly(
            "idem: an installed idem has no runner spark; use a clone, or submit the assembled jar of idem-spark",
            "status 1");
    assertThat(lib).isDirectoryNotContaining("glob:**.jsa");
  }

  @Test
  void theRunnerSparkHasAClassPathAndFlagsOfItsOwn() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    String opens = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    String spark =
        "%1$s/idem-spark/target/idem-spark-1.jar:%1$s/idem-api/target/idem-api-1.jar:%1$s/library.jar:%1$s/spark.jar"
            .formatted(clone);
    for (List<String> option : List.of(List.of("--runner", "spark"), List.of("--runner=spark"))) {
      List<String> words = new ArrayList<>(List.of("sweep", "a file.yaml"));
      words.addAll(option);
      assertThat(idem(words.toArray(String[]::new)))
          .contains(opens)
          .containsSequence("-cp", spark, "dev.idem.cli.Main", "sweep", "a file.yaml");
    }
    assertThat(builds()).containsExactly("-q -ntp -Pspark -pl idem-spark -am -DskipTests package");
    assertThat(target()).as("archives of classes").isEmpty();

    environment.put("IDEM_ARCHIVE", "off");
    assertThat(idem("sweep", "spark", "--runner", "local"))
        .doesNotContain(opens)
        .containsSequence("-cp", classPath());
    assertThat(builds()).hasSize(1);
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
                + "/idem-cli/target/idem-cli-1.jar:"
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
            "idem: idem is in "
                + clone
                + ", and Java's class path cannot hold a folder with a colon; move it",
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
  void aVersionThatTheJdkHasInAFileIsNotAskedFor() throws Exception {
    environment.put("STATUS", "1");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\nLIBC=\"gnu\"\n");
    assertThat(idem()).contains("--sun-misc-unsafe-memory-access=allow", "status 0");

    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("to-java"), folder.resolve("jdk/bin/java"));
    Files.createSymbolicLink(links.resolve("java"), Path.of("to-java"));
    environment.put("PATH", links + ":" + System.getenv("PATH"));
    assertThat(idem()).contains("--sun-misc-unsafe-memory-access=allow", "status 0");
  }

  @Test
  void onlyHelpIsNotCompiledWell() throws Exception {
    String flag = "-XX:TieredStopAtLevel=1";
    assertThat(idem("train", "ign", "--out", "help")).doesNotContain(flag);
    assertThat(idem("--help")).contains(flag);
    assertThat(idem("train", "-h")).contains(flag);
  }

  /** The archives, once so many have been made. */
  private List<Path> archives(int made) throws Exception {
    for (int tries = 0; dumps() < made || folders() > 0; tries++) {
      assertThat(tries).as("tries to see %s archives made", made).isLessThan(600);
      Thread.sleep(50);
    }
    assertThat(dumps()).isEqualTo(made);
    return Arrays.stream(target()).filter(File::isFile).map(File::toPath).toList();
  }

  private int dumps() throws IOException {
    Path record = folder.resolve("dumps");
    return Files.exists(record) ? Files.readAllLines(record).size() : 0;
  }

  private long folders() {
    return Arrays.stream(target()).filter(File::isDirectory).count();
  }

  private File[] target() {
    File target = clone.resolve("idem-cli/target").toFile();
    return Objects.requireNonNull(target.listFiles((in, name) -> name.startsWith("classes-")));
  }

  private static String use(Path archive) {
    return "-XX:SharedArchiveFile=" + archive;
  }

  @Test
  void anArchiveOfTheClassesIsMadeOnceAndUsed() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    assertThat(idem()).noneMatch(line -> line.startsWith("-XX:SharedArchiveFile="));
    Path archive = archives(1).get(0);
    assertThat(idem("figures")).containsSequence(use(archive), "-Xlog:cds*=off", "-cp");
    assertThat(archives(1)).containsExactly(archive);
    environment.put("IDEM_ARCHIVE", "off");
    assertThat(idem()).doesNotContain(use(archive));
  }

  @Test
  void withTheArchiveSwitchedOffNoneIsMade() throws Exception {
    idem();
    assertThat(target()).isEmpty();
  }

  @Test
  void anArchiveIsOnOrOff() throws Exception {
    environment.put("IDEM_ARCHIVE", "of");
    assertThat(idem()).contains("idem: IDEM_ARCHIVE (of) must be on or off", "status 1");
  }

  @Test
  void anArchiveOfAnEarlierBuildIsReplaced() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    idem();
    Path archive = archives(1).get(0);
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(100)));
    assertThat(idem()).doesNotContain(use(archive));
    assertThat(archives(2)).containsExactly(archive);
    assertThat(idem()).contains(use(archive));
  }

  @Test
  void everyJdkHasAnArchiveOfItsOwn() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    idem();
    Path first = archives(1).get(0);
    environment.put("SAYS", "openjdk version \"17.0.16\" 2025-07-15");
    assertThat(idem()).doesNotContain(use(first));
    assertThat(archives(2)).hasSize(2).contains(first);
    environment.put("SAYS", "openjdk version \"17.0.15\" 2025-04-15");
    assertThat(idem()).contains(use(first));
  }

  @Test
  void aJdkThatMakesNoArchiveIsNotAskedAgain() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    environment.put("DUMPS", "badly");
    assertThat(idem()).contains("status 0");
    assertThat(archives(1).get(0)).isEmptyFile();
    assertThat(idem()).noneMatch(line -> line.startsWith("-XX:SharedArchiveFile="));
    assertThat(archives(1)).hasSize(1);
  }

  @Test
  void commandsThatStartAtOnceMakeOneArchive() throws Exception {
    idem();
    environment.remove("IDEM_ARCHIVE");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ProcessBuilder builder = new ProcessBuilder(clone.resolve("idem").toString());
      builder.environment().keySet().removeAll(List.of("JAVA_HOME", "IDEM_MAVEN_ARGS"));
      builder.environment().putAll(environment);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      processes.add(builder.start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(archives(1)).hasSize(1);
  }

  @Test
  void ofADamagedArchiveThisJavaSaysNothing() throws Exception {
    environment.remove("IDEM_ARCHIVE");
    environment.put("SAYS", "openjdk version \"" + Runtime.version() + "\"");
    idem();
    Path archive = archives(1).get(0);
    List<String> line = idem();
    int at = line.indexOf(use(archive));
    Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
    List<String> said = run(java, line.get(at), line.get(at + 1), "-version");
    assertThat(said)
        .endsWith("status 0")
        .noneMatch(one -> one.contains("archive") || one.contains("[warning]"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void inTheCLocaleJavaReadsFileNamesAsUtf8() throws Exception {
    environment.put("LC_ALL", "C");
    idem();
    assertThat(idem()).startsWith("C.UTF-8");
  }
}
