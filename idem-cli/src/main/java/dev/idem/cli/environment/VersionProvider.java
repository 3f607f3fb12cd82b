package dev.idem.cli.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** The versions of idem, Java and TensorFlow. */
public final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"idem " + version(), "Java " + Runtime.version(), tensorFlow()};
  }

  /** TensorFlow's version, or why it cannot be loaded: everything else can be used all the same. */
  public static String tensorFlow() {
    try {
      return "TensorFlow " + TensorFlow.version();
    } catch (LinkageError e) {
      return Failures.notLoaded(e);
    }
  }

  /** The version this was built as. */
  static String version() {
    return properties().getProperty("version", "unknown");
  }

  /** The commit that was built, and whether anything was changed; what Maven found in Git. */
  static String commit() {
    Properties properties = properties();
    String commit = properties.getProperty("commit", "");
    if (!commit.matches("[0-9a-f]{7,64}")) {
      return "unknown";
    }
    return commit + (properties.getProperty("dirty", "").equals("true") ? ", changed" : "");
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in =
        VersionProvider.class.getResourceAsStream("/dev/idem/cli/idem.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
