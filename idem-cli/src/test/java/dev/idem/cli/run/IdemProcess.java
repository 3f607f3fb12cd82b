package dev.idem.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code idem} command in a process of its own, to be killed. */
final class IdemProcess {

  private static final long PATIENCE_SECONDS = 240;
  private static final int CONTROL_C = 3;
  private static final String TERMINAL = "exec script -qefc \"$(printf '%q ' \"$@\")\" /dev/null";

  private final Process process;
  private final Path output;

  private IdemProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static IdemProcess start(Path output, String... arguments) throws IOException {
    return start(output, List.of(), arguments);
  }

  /** A process that runs in a folder. */
  static IdemProcess in(Path folder, Path output, String... arguments) throws IOException {
    String enter = "cd '" + folder + "' && exec \"$@\"";
    return start(output, List.of("bash", "-c", enter, "idem"), arguments);
  }

  /** A process whose files may hold no more than so many kilobytes: what a full disk is like. */
  static IdemProcess limited(Path output, long kilobytes, String... arguments) throws IOException {
    String limit = "ulimit -f " + kilobytes + "; exec \"$@\"";
    return start(output, List.of("bash", "-c", limit, "idem"), arguments);
  }

  /** A process on a terminal of its own, where progress is a bar; needs {@code script}. */
  static IdemProcess onTerminal(Path output, String... arguments) throws IOException {
    return start(output, List.of("bash", "-c", TERMINAL, "idem"), arguments);
  }

  private static IdemProcess start(Path output, List<String> before, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Djava.awt.headless=true");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Didem.terminal=" + before.contains(TERMINAL));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.idem.cli.Main");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    return new IdemProcess(process, output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no hook runs, nothing is flushed. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** What a terminal makes of it: SIGINT to the process. */
  void pressControlC() throws IOException {
    process.getOutputStream().write(CONTROL_C);
    process.getOutputStream().flush();
  }

  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("idem did not end; it said: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Everything that processes with this output have said so far, TensorFlow's own lines left out.
   */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("WARNING: All log messages"))
          .filter(line -> !line.contains("mlir_graph_optimization_pass"))
          .reduce("", (text, line) -> text + line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
