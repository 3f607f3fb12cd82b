package dev.idem.cli.environment;

import dev.idem.api.training.TrainingEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** The software and machine that a result was computed with, for {@code --version} and reports. */
public final class Environment implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"idem " + version(), "Java " + Runtime.version(), tensorFlow()};
  }

  /** The version of idem. */
  public static String version() {
    return built().getProperty("version", "unknown");
  }

  /** TensorFlow's version, or why it cannot be loaded: everything else can be used all the same. */
  public static String tensorFlow() {
    try {
      return "TensorFlow " + TensorFlow.version();
    } catch (LinkageError e) {
      return Failures.notLoaded(e);
    }
  }

  /** By name, in order. */
  public static Map<String, String> of(TrainingEngine engine) {
    Properties built = built();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("idem", version());
    environment.put("commit", commit(built));
    environment.put("engine", engine.description());
    environment.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    environment.put("processor", processor());
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return environment;
  }

  /** The commit that was built, and whether anything was changed; what Maven found in Git. */
  private static String commit(Properties built) {
    String commit = built.getProperty("commit", "");
    if (!commit.matches("[0-9a-f]{7,64}")) {
      return "unknown";
    }
    return commit + (built.getProperty("dirty", "").equals("true") ? ", changed" : "");
  }

  private static Properties built() {
    Properties built = new Properties();
    try (InputStream in = Environment.class.getResourceAsStream("/dev/idem/cli/idem.properties")) {
      if (in != null) {
        built.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built;
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
