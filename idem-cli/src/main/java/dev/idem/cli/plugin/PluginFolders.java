package dev.idem.cli.plugin;

import dev.idem.api.check.Require;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The jars that {@code --plugins} and {@code IDEM_PLUGINS} name. */
public final class PluginFolders {

  /** The option. */
  public static final String OPTION = "--plugins";

  /** The environment's variable. */
  public static final String VARIABLE = "IDEM_PLUGINS";

  private PluginFolders() {}

  /**
   * The jars of all folders: those of the environment, then those of the option, each folder's by
   * name; none twice.
   *
   * @param given what was given with the option, each one folder or several with the system's path
   *     separator between them
   * @throws IllegalArgumentException if one is not a folder, or holds no jars
   */
  public static List<Path> jars(Map<String, String> environment, Collection<String> given) {
    Set<Path> jars = new LinkedHashSet<>();
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isBlank()) {
      split(variable).forEach(folder -> jars.addAll(in(VARIABLE, folder)));
    }
    for (String option : given) {
      split(option).forEach(folder -> jars.addAll(in(OPTION, folder)));
    }
    return List.copyOf(jars);
  }

  private static Stream<String> split(String folders) {
    return Stream.of(folders.split(File.pathSeparator, -1));
  }

  private static Collection<Path> in(String source, String name) {
    Path folder = folder(source, name);
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> PluginJar.fileName(file).toLowerCase(Locale.ROOT).endsWith(".jar"))
          .forEach(jars::add);
      Require.argument(
          !jars.isEmpty(),
          "%s (%s) holds no jar; put plug-ins there, or leave %s out",
          source,
          name,
          source);
      Set<Path> real = new TreeSet<>();
      for (Path jar : jars) {
        real.add(Files.exists(jar) ? jar.toRealPath() : jar.toAbsolutePath());
      }
      return real;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s (%s) cannot be read: %s".formatted(source, name, e.getMessage()), e);
    }
  }

  private static Path folder(String source, String name) {
    Require.argument(!name.isBlank(), "%s ('%s') must name a folder of jars", source, name);
    try {
      Path folder = Path.of(name);
      Require.argument(
          Files.exists(folder), "%s (%s) does not exist; name a folder of jars", source, name);
      Require.argument(
          Files.isDirectory(folder),
          "%s (%s) is a file; name the folder that it lies in",
          source,
          name);
      return folder;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s (%s) names no folder: %s".formatted(source, name, e.getReason()), e);
    }
  }
}
