package dev.idem.cli.environment;

import dev.idem.api.training.TrainingEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The software and machine that a result was computed with, for reports and models. */
public final class Environment {

  private Environment() {}

  /** By name, in order. */
  public static Map<String, String> of(TrainingEngine engine) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("idem", VersionProvider.version());
    environment.put("commit", VersionProvider.commit());
    environment.put("engine", engine.description());
    environment.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    environment.put("processor", processor());
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return environment;
  }

  /** The processor's name where Linux tells it, else its architecture. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
