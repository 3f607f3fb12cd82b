package dev.idem.spark;

import com.google.inject.Injector;
import dev.idem.cli.command.FigureJob;
import dev.idem.runs.sweep.SweepRunner.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The parts of idem in the JVM of an executor, made once, with the plug-ins of the driver. */
final class Executor {

  private static @Nullable List<String> plugins;
  private static @Nullable Injector made;

  private Executor() {}

  /** Sends the plug-ins' jars to the executors; returns their names among Spark's files. */
  static List<String> send(JavaSparkContext context, Options options) {
    List<String> names = new ArrayList<>();
    for (Path jar : options.plugins()) {
      context.addFile(jar.toUri().toString());
      names.add(String.valueOf(jar.getFileName()));
    }
    return List.copyOf(names);
  }

  /** The parts with these plug-ins. */
  static synchronized Injector parts(List<String> wanted) {
    Injector parts = made;
    if (parts == null || !wanted.equals(plugins)) {
      SparkLog.silence();
      // As in Main: libraries format numbers in the default locale.
      Locale.setDefault(Locale.ROOT);
      parts =
          FigureJob.injector(
              System.getenv(), wanted.stream().map(SparkFiles::get).map(Path::of).toList());
      plugins = wanted;
      made = parts;
    }
    return parts;
  }
}
