package com.example.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Test;

class WalkthroughTest {

  @Test
  void everyStepRunsAndTheGapCloses() throws Exception {
    String output = run("walk.jsh");
    assertThat(output)
        .doesNotContainIgnoringCase("error")
        .doesNotContain("Exception", "cannot find symbol")
        .contains("g(k) = ", "after six", "REPELLING");
    assertThat(gap(output, "step   0")).isGreaterThan(0.1);
    assertThat(gap(output, "step 200")).isLessThan(1e-3);
  }

  @Test
  void aFaultyScriptWouldBeSeen() throws Exception {
    Path faulty = Files.createTempFile("faulty", ".jsh");
    Files.writeString(faulty, "int i = missing\n/exit\n");
    assertThat(run(faulty.toString())).containsIgnoringCase("error");
  }

  private static double gap(String output, String step) {
    String line = output.lines().filter(l -> l.startsWith(step)).findFirst().orElseThrow();
    return Double.parseDouble(line.replaceAll(".*= ([^,]*),.*", "$1"));
  }

  /** What JShell prints while it reads a script. */
  private static String run(String script) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      JavaShellToolBuilder.builder()
          .in(new ByteArrayInputStream(new byte[0]), null)
          .out(stream)
          .err(stream)
          .run("--class-path", classPath(), script);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** JShell requires every entry to exist; this project has no classes of its own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
