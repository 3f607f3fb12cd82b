package dev.idem.cli.plugin;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Stage;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import dev.idem.api.check.ForeignCode;
import dev.idem.cli.environment.Failures;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins, loaded one by one: their contributions and their errors. An error in one does not
 * affect the others.
 */
public final class Plugins implements AutoCloseable {

  /** The file of a jar that names its modules, a class a line. */
  static final String SERVICE = "META-INF/services/" + Module.class.getName();

  /** Far more than a service file names by mistake; after so many the rest is not read. */
  private static final int MOST_FAULTS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final String CLASS_PATH = "plug-in on the class path";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}";

  private final List<Path> folders;
  private final Map<Kind<?>, Map<String, Origin>> origins = new LinkedHashMap<>();
  private final Map<Kind<?>, List<Catalogue.Entry<?>>> entries = new LinkedHashMap<>();
  private final Set<PluginJar> jars = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  /** Something of a plug-in failed; the message names both, and why, on one line. */
  static final class PluginException extends IllegalStateException {

    @Serial private static final long serialVersionUID = 1;

    /** The message without the plug-in. */
    private final String fault;

    /**
     * A failure.
     *
     * @param part what of the plug-in, such as {@code strategy 'own'}
     */
    PluginException(Origin plugin, String part, Throwable cause) {
      this(plugin, part, Failures.reason(cause), cause);
    }

    /** A failure that nothing was thrown for, if {@code cause} is null. */
    PluginException(Origin plugin, String part, String reason, @Nullable Throwable cause) {
      super("%s of %s: %s".formatted(part, plugin.label(), reason), cause);
      this.fault = part + ": " + reason;
    }
  }

  private Plugins(List<Path> files, Map<Kind<?>, ? extends Collection<String>> taken) {
    folders = files.stream().map(Path::toAbsolutePath).map(Path::getParent).distinct().toList();
    for (Kind<?> kind : Kind.all()) {
      // Figures are folders, and folders that differ in case alone are one on some systems.
      Map<String, Origin> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      of(taken, kind).forEach(name -> names.put(name, Origin.IDEM));
      origins.put(kind, names);
      entries.put(kind, new ArrayList<>());
    }
  }

  /**
   * Loads those on the class path of the thread, then those of jars, in that order. Of two
   * contributions of one name the first stays.
   *
   * @param taken the names of each kind that idem has itself
   */
  public static Plugins load(List<Path> jars, Map<Kind<?>, ? extends Collection<String>> taken) {
    Plugins plugins = new Plugins(jars, taken);
    ClassLoader idem = Plugins.class.getClassLoader();
    ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    plugins
        .modules(classPath == null ? idem : classPath, CLASS_PATH)
        .forEach(plugins::fromClassPath);
    jars.forEach(jar -> plugins.fromFile(jar, idem));
    return plugins;
  }

  private void fromClassPath(Module module) {
    try {
      CodeSource source = module.getClass().getProtectionDomain().getCodeSource();
      contribute(module, PluginJar.of(Path.of(source.getLocation().toURI())));
    } catch (IOException | URISyntaxException | RuntimeException e) {
      fault(CLASS_PATH, module.getClass().getName(), e);
    }
  }

  private void fromFile(Path file, ClassLoader parent) {
    String shown = "plug-in " + PluginJar.fileName(file);
    if (!Files.isRegularFile(file)) {
      faults.add(shown + ": is not a readable file");
      return;
    }
    PluginJar jar;
    URLClassLoader loader;
    try {
      jar = PluginJar.of(file);
      loader = new JarLoader(jar.label(), file.toUri().toURL(), parent);
    } catch (IOException | RuntimeException e) {
      faults.add("%s: is not a jar (%s)".formatted(shown, Failures.reason(e)));
      return;
    }
    loaders.add(loader);
    int before = faults.size();
    List<Module> modules = modules(loader, jar.label());
    if (modules.isEmpty() && faults.size() == before) {
      faults.add(jar.label() + ": offers nothing: it holds no " + SERVICE);
    }
    modules.forEach(module -> contribute(module, jar));
  }

  /** The modules of a loader; those that cannot be created are faults. */
  private List<Module> modules(ClassLoader loader, String plugin) {
    List<Module> modules = new ArrayList<>();
    Iterator<Module> services = ServiceLoader.load(Module.class, loader).iterator();
    Optional<Throwable> thrown;
    int failed = 0;
    do {
      thrown = ForeignCode.thrownBy(() -> services.forEachRemaining(modules::add));
      thrown.ifPresent(failure -> fault(plugin, "", failure));
      failed++;
    } while (thrown.isPresent() && failed < MOST_FAULTS);
    return modules;
  }

  private void contribute(Module module, PluginJar jar) {
    String name = module.getClass().getName();
    int before = count();
    ForeignCode.thrownBy(
            () -> {
              Injector injector = injector(module);
              Kind.all().forEach(kind -> contribute(kind, injector, name, jar));
              if (count() == before) {
                faults.add("%s: %s: contributes nothing".formatted(jar.label(), name));
              }
            })
        .ifPresent(thrown -> fault(jar.label(), name, thrown));
  }

  private int count() {
    return faults.size() + entries.values().stream().mapToInt(List::size).sum();
  }

  /**
   * An injector of a module alone. What goes wrong in it is looked for first: Guice would write it
   * to the console, with a stack trace.
   */
  private static Injector injector(Module module) {
    List<Element> elements = Elements.getElements(Stage.DEVELOPMENT, module);
    List<Message> wrong =
        elements.stream().filter(Message.class::isInstance).map(Message.class::cast).toList();
    if (!wrong.isEmpty()) {
      throw new CreationException(wrong);
    }
    return Guice.createInjector(Stage.DEVELOPMENT, Elements.getModule(elements));
  }

  private <V> void contribute(Kind<V> kind, Injector injector, String module, PluginJar jar) {
    kind.in(injector)
        .forEach(
            (name, provider) -> {
              Optional<String> refused = refusal(kind, name, provider, jar);
              if (refused.isPresent()) {
                faults.add("%s: %s: %s".formatted(jar.label(), module, refused.get()));
                return;
              }
              of(origins, kind).put(name, jar);
              of(entries, kind)
                  .add(new Catalogue.Entry<>(name, jar, () -> made(kind, name, provider, jar)));
              jars.add(jar);
            });
  }

  private static <T> T of(Map<Kind<?>, T> map, Kind<?> kind) {
    return Objects.requireNonNull(map.get(kind));
  }

  private <V> Optional<String> refusal(
      Kind<V> kind, String name, Provider<V> provider, PluginJar jar) {
    String what = "%s '%s'".formatted(kind.label(), Failures.line(name));
    if (!name.matches(NAME)) {
      return Optional.of(
          what + " must be named by letters, digits, '-', '_', '+' and '.', 40 at most");
    }
    Origin first = of(origins, kind).get(name);
    if (first != null) {
      return Optional.of(
          first == Origin.IDEM
              ? what + " has the name of idem's own, which stays; give it another"
              : "%s is there already, from %s, which stays; rename one"
                  .formatted(what, first.label()));
    }
    return ForeignCode.thrownBy(() -> kind.check().accept(() -> made(kind, name, provider, jar)))
        .map(
            thrown -> {
              LOG.debug("{} of {}", what, jar.label(), thrown);
              return thrown instanceof PluginException made
                  ? made.fault
                  : what + ": " + Failures.reason(thrown);
            });
  }

  private static <V> V made(Kind<V> kind, String name, Provider<V> provider, PluginJar jar) {
    return ForeignCode.call(
        () -> Objects.requireNonNull(provider.get(), "null was bound"),
        thrown -> new PluginException(jar, "%s '%s'".formatted(kind.label(), name), thrown));
  }

  private void fault(String plugin, String part, Throwable failure) {
    LOG.debug("{} {}", plugin, part, failure);
    faults.add(
        "%s%s: %s".formatted(plugin, part.isEmpty() ? "" : ": " + part, Failures.reason(failure)));
  }

  /** A loader of one jar, above idem's classes; its services are the jar's own alone. */
  private static final class JarLoader extends URLClassLoader {
    JarLoader(String name, URL jar, ClassLoader parent) {
      super(name, new URL[] {jar}, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE) ? findResources(name) : super.getResources(name);
    }
  }

  /** What is contributed of a kind, in the order it was loaded. */
  @SuppressWarnings("unchecked") // put there under its kind
  public <V> List<Catalogue.Entry<V>> entries(Kind<V> kind) {
    return of(entries, kind).stream()
        .map(entry -> (Catalogue.Entry<V>) entry)
        .collect(Collectors.toList());
  }

  /** Those that something of is in use, in the order they were loaded. */
  public List<PluginJar> jars() {
    return List.copyOf(jars);
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

  /**
   * The errors in plug-ins, because of which they, or parts of them, are left out: each a line with
   * the plug-in, the module's class if one is to blame, and the reason.
   */
  public List<String> faults() {
    return List.copyOf(faults);
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
