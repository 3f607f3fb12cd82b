package dev.idem.cli.plugin;

import dev.idem.runs.catalogue.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The loaded plug-ins: their contributions and their errors. */
public final class Plugins implements AutoCloseable {

  private final List<Path> folders;
  private final List<PluginJar> jars;
  private final Map<Kind<?>, List<Catalogue.Entry<?>>> entries;
  private final List<Fault> faults;
  private final List<URLClassLoader> loaders;

  /**
   * An error in a plug-in, because of which it, or a part of it, is left out.
   *
   * @param plugin its label, or its file
   * @param part the module's class or what else it is about; empty for all of it
   * @param reason on one line
   */
  public record Fault(String plugin, String part, String reason) {

    @Override
    public String toString() {
      return plugin + (part.isEmpty() ? "" : ": " + part) + ": " + reason;
    }
  }

  Plugins(
      List<Path> folders,
      List<PluginJar> jars,
      Map<Kind<?>, List<Catalogue.Entry<?>>> entries,
      List<Fault> faults,
      List<URLClassLoader> loaders) {
    this.folders = List.copyOf(folders);
    this.jars = List.copyOf(jars);
    this.entries = Map.copyOf(entries);
    this.faults = List.copyOf(faults);
    this.loaders = List.copyOf(loaders);
  }

  /**
   * Loads those on the class path of the thread, then those of jars, in that order. Of two
   * contributions of one name the first stays.
   *
   * @param taken the names of each kind that idem has itself
   */
  public static Plugins load(List<Path> jars, Map<Kind<?>, ? extends Collection<String>> taken) {
    return new PluginLoading(taken).load(jars);
  }

  /** What is contributed of a kind, in the order it was loaded. */
  @SuppressWarnings("unchecked") // put there under its kind
  public <V> List<Catalogue.Entry<V>> entries(Kind<V> kind) {
    return entries.getOrDefault(kind, List.of()).stream()
        .map(entry -> (Catalogue.Entry<V>) entry)
        .collect(Collectors.toList());
  }

  /** Those that something of is in use, in the order they were loaded. */
  public List<PluginJar> jars() {
    return jars;
  }

  /** The folders that the jars lie in, each once; not those of the class path. */
  public List<Path> folders() {
    return folders;
  }

  /** Everything there is, as used. */
  public UsedPlugins used() {
    UsedPlugins used = new UsedPlugins();
    for (Kind<?> kind : Kind.all()) {
      entries(kind).forEach(entry -> used.add(kind, entry.name(), entry.origin()));
    }
    return used;
  }

  /** What was left out, and why. */
  public List<Fault> faults() {
    return faults;
  }

  /** Closes the jars; what was not used by then cannot be used any more. */
  @Override
  public void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
