package dev.idem.cli.plugin;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import dev.idem.api.check.ForeignCode;
import dev.idem.cli.environment.Failures;
import dev.idem.cli.plugin.PluginJar.UsedPlugin;
import dev.idem.runs.catalogue.Catalogue;
import java.io.IOException;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  private static final String CLASS_PATH = "plug-in on the class path";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}";

  private final Map<Kind<?>, ? extends Collection<String>> taken;
  private final List<Path> folders;
  private final Map<Kind<?>, List<Catalogue.Entry<?>>> entries = new LinkedHashMap<>();
  private final Set<PluginJar> jars = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  /** Something named, that a plug-in may have contributed. */
  public record Part(Kind<?> kind, String name) {}

  /**
   * Loads those on the class path of the thread, then those of jars, in that order. Of two
   * contributions of one name the first stays.
   *
   * @param taken the names of each kind that idem has itself
   */
  public Plugins(List<Path> files, Map<Kind<?>, ? extends Collection<String>> taken) {
    this.taken = taken;
    folders = files.stream().map(Path::toAbsolutePath).map(Path::getParent).distinct().toList();
    Kind.all().forEach(kind -> entries.put(kind, new ArrayList<>()));
    ClassLoader idem = Plugins.class.getClassLoader();
    ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    modules(classPath == null ? idem : classPath, CLASS_PATH).forEach(this::fromClassPath);
    files.forEach(file -> fromFile(file, idem));
  }

  private void fromClassPath(Module module) {
    try {
      CodeSource source = module.getClass().getProtectionDomain().getCodeSource();
      contribute(module, PluginJar.of(Path.of(source.getLocation().toURI())));
    } catch (IOException | URISyntaxException | RuntimeException e) {
      fault(CLASS_PATH + ": " + module.getClass().getName(), e);
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
      faults.add(jar.label() + ": provides nothing: it has no " + SERVICE);
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
      thrown.ifPresent(failure -> fault(plugin, failure));
      failed++;
    } while (thrown.isPresent() && failed < MOST_FAULTS);
    return modules;
  }

  private void contribute(Module module, PluginJar jar) {
    String label = jar.label() + ": " + module.getClass().getName();
    int before = count();
    ForeignCode.thrownBy(
            () -> {
              Injector injector = injector(module);
              Kind.all().forEach(kind -> contribute(kind, injector, label, jar));
              if (count() == before) {
                faults.add(label + ": contributes nothing");
              }
            })
        .ifPresent(thrown -> fault(label, thrown));
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
              String what = "%s '%s'".formatted(kind.label(), Failures.line(name));
              Supplier<V> made = () -> Objects.requireNonNull(provider.get(), "null was bound");
              Optional<String> refused = refusal(kind, name, made);
              if (refused.isPresent()) {
                faults.add("%s: %s%s".formatted(module, what, refused.get()));
                return;
              }
              Supplier<V> attributed =
                  () -> ForeignCode.call(made::get, thrown -> jar.failure(what, thrown));
              of(entries, kind).add(new Catalogue.Entry<>(name, jar, attributed));
              jars.add(jar);
            });
  }

  /** Why a contribution is left out; empty if it is not. */
  private <V> Optional<String> refusal(Kind<V> kind, String name, Supplier<V> made) {
    if (!name.matches(NAME)) {
      return Optional.of(" must be named by letters, digits, '-', '_', '+' and '.', 40 at most");
    }
    // Figures are folders, and folders that differ in case alone are one on some systems.
    if (of(taken, kind).stream().anyMatch(name::equalsIgnoreCase)) {
      return Optional.of(" has the name of a built-in one, which is kept; rename it");
    }
    return entries(kind).stream()
        .filter(entry -> entry.name().equalsIgnoreCase(name))
        .map(
            first ->
                " is already provided by %s, which is kept; rename one"
                    .formatted(first.origin().label()))
        .findFirst()
        .or(
            () ->
                ForeignCode.thrownBy(() -> kind.check().accept(made))
                    .map(
                        thrown -> {
                          log().debug("{} {}", kind, name, thrown);
                          return ": " + Failures.reason(thrown);
                        }));
  }

  private void fault(String what, Throwable failure) {
    log().debug("{}", what, failure);
    faults.add(what + ": " + Failures.reason(failure));
  }

  /** Only where something is logged: to set up the logging takes longer than all of this class. */
  private static Logger log() {
    return LoggerFactory.getLogger(Plugins.class);
  }

  private static <T> T of(Map<Kind<?>, T> map, Kind<?> kind) {
    return Objects.requireNonNull(map.get(kind));
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

  /** The plug-ins with at least one accepted contribution, in loading order. */
  public List<PluginJar> jars() {
    return List.copyOf(jars);
  }

  /** The folders that the jars lie in, each once; not those of the class path. */
  public List<Path> folders() {
    return folders;
  }

  /**
   * Where something comes from.
   *
   * @return the plug-in's jar; empty if it is idem's own
   */
  public Optional<PluginJar> origin(Kind<?> kind, String name) {
    return entries(kind).stream()
        .filter(entry -> entry.name().equals(name))
        .map(entry -> (PluginJar) entry.origin())
        .findFirst();
  }

  /** The plug-ins that these come from, and what is used of each; idem's own are left out. */
  public List<UsedPlugin> used(List<Part> parts) {
    Map<PluginJar, Set<String>> used = new LinkedHashMap<>();
    for (Part part : parts) {
      origin(part.kind, part.name)
          .ifPresent(
              jar ->
                  used.computeIfAbsent(jar, first -> new LinkedHashSet<>())
                      .add(part.kind.label() + " " + part.name));
    }
    return used.entrySet().stream().map(of -> new UsedPlugin(of.getKey(), of.getValue())).toList();
  }

  /** All plug-ins, with everything that they contribute. */
  public List<UsedPlugin> used() {
    List<Part> all = new ArrayList<>();
    Kind.all()
        .forEach(kind -> entries(kind).forEach(entry -> all.add(new Part(kind, entry.name()))));
    return used(all);
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
