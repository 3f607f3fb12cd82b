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
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.IOException;
import java.net.MalformedURLException;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads plug-ins one by one; an error in one does not affect the others. */
final class PluginLoading {

  /** The file of a jar that names its modules, a class a line. */
  static final String SERVICE = "META-INF/services/" + Module.class.getName();

  /** Far more than a service file names by mistake; after so many the rest is not read. */
  private static final int MOST_FAULTS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(PluginLoading.class);
  private static final String CLASS_PATH = "plug-in on the class path";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}";

  private final Map<Kind<?>, Map<String, Origin>> origins = new LinkedHashMap<>();
  private final Map<Kind<?>, List<Catalogue.Entry<?>>> entries = new LinkedHashMap<>();
  private final Set<PluginJar> jars = new LinkedHashSet<>();
  private final List<Plugins.Fault> faults = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  PluginLoading(Map<Kind<?>, ? extends Collection<String>> taken) {
    for (Kind<?> kind : Kind.all()) {
      // Figures are folders, and folders that differ in case alone are one on some systems.
      Map<String, Origin> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      Collection<String> own = taken.get(kind);
      if (own != null) {
        own.forEach(name -> names.put(name, Origin.IDEM));
      }
      origins.put(kind, names);
      entries.put(kind, new ArrayList<>());
    }
  }

  Plugins load(List<Path> files) {
    ClassLoader idem = PluginLoading.class.getClassLoader();
    ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    modules(classPath == null ? idem : classPath, e -> fault(CLASS_PATH, "", e))
        .forEach(this::fromClassPath);
    files.forEach(file -> fromFile(file, idem));
    List<Path> folders =
        files.stream().map(Path::toAbsolutePath).map(Path::getParent).distinct().toList();
    return new Plugins(folders, List.copyOf(jars), entries, faults, loaders);
  }

  private void fromClassPath(Module module) {
    String name = module.getClass().getName();
    try {
      CodeSource source = module.getClass().getProtectionDomain().getCodeSource();
      contribute(module, PluginJar.of(Path.of(source.getLocation().toURI())));
    } catch (IOException | URISyntaxException | RuntimeException e) {
      fault(CLASS_PATH, name, e);
    }
  }

  private void fromFile(Path file, ClassLoader parent) {
    String shown = "plug-in " + PluginJar.fileName(file);
    if (!Files.isRegularFile(file)) {
      faults.add(new Plugins.Fault(shown, "", "is not a readable file"));
      return;
    }
    PluginJar jar;
    try {
      jar = PluginJar.of(file);
    } catch (IOException | RuntimeException e) {
      faults.add(new Plugins.Fault(shown, "", "is not a jar (" + FailureText.reason(e) + ")"));
      return;
    }
    URLClassLoader loader = loader(file, jar.label(), parent);
    loaders.add(loader);
    int before = faults.size();
    List<Module> modules = modules(loader, e -> fault(jar.label(), "", e));
    if (modules.isEmpty() && faults.size() == before) {
      faults.add(new Plugins.Fault(jar.label(), "", "offers nothing: it holds no " + SERVICE));
    }
    modules.forEach(module -> contribute(module, jar));
  }

  private void contribute(Module module, PluginJar jar) {
    String name = module.getClass().getName();
    ForeignCode.thrownBy(() -> contribute(injector(module), name, jar))
        .ifPresent(thrown -> fault(jar.label(), name, thrown));
  }

  private void contribute(Injector injector, String module, PluginJar jar) {
    int before = count() + faults.size();
    for (Kind<?> kind : Kind.all()) {
      contribute(kind, injector, module, jar);
    }
    if (count() + faults.size() == before) {
      faults.add(new Plugins.Fault(jar.label(), module, "contributes nothing"));
    }
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

  private int count() {
    return entries.values().stream().mapToInt(List::size).sum();
  }

  private <V> void contribute(Kind<V> kind, Injector injector, String module, PluginJar jar) {
    kind.in(injector)
        .forEach(
            (name, provider) -> {
              String refused = refusal(kind, name, provider, jar);
              if (refused != null) {
                faults.add(new Plugins.Fault(jar.label(), module, refused));
                return;
              }
              named(kind).put(name, jar);
              Supplier<V> telling = () -> made(kind, name, provider, jar);
              Objects.requireNonNull(entries.get(kind))
                  .add(new Catalogue.Entry<>(name, jar, telling));
              jars.add(jar);
            });
  }

  private Map<String, Origin> named(Kind<?> kind) {
    return Objects.requireNonNull(origins.get(kind));
  }

  private <V> @Nullable String refusal(
      Kind<V> kind, String name, Provider<V> provider, PluginJar jar) {
    String what = "%s '%s'".formatted(kind.label(), FailureText.line(name));
    if (!name.matches(NAME)) {
      return what + " must be named by letters, digits, '-', '_', '+' and '.', 40 at most";
    }
    Origin first = named(kind).get(name);
    if (first != null) {
      return first == Origin.IDEM
          ? what + " has the name of idem's own, which stays; give it another"
          : "%s is there already, from %s, which stays; rename one".formatted(what, first.label());
    }
    return ForeignCode.thrownBy(
            () -> kind.check().ifPresent(check -> check.accept(made(kind, name, provider, jar))))
        .map(thrown -> refusal(what, thrown, jar))
        .orElse(null);
  }

  private static String refusal(String what, Throwable thrown, PluginJar jar) {
    LOG.debug("{} of {}", what, jar.label(), thrown);
    return thrown instanceof PluginException told
        ? told.fault()
        : what + ": " + FailureText.reason(thrown);
  }

  private static <V> V made(Kind<V> kind, String name, Provider<V> provider, PluginJar jar) {
    return ForeignCode.call(
        () -> Objects.requireNonNull(provider.get(), "null was bound"),
        thrown -> new PluginException(jar, "%s '%s'".formatted(kind.label(), name), thrown));
  }

  private void fault(String plugin, String part, Throwable failure) {
    LOG.debug("{} {}", plugin, part, failure);
    faults.add(new Plugins.Fault(plugin, part, FailureText.reason(failure)));
  }

  /** The modules of a loader; failures to create one are reported to {@code faults}. */
  private static List<Module> modules(ClassLoader loader, Consumer<Throwable> faults) {
    List<Module> modules = new ArrayList<>();
    Iterator<Module> services = ServiceLoader.load(Module.class, loader).iterator();
    Optional<Throwable> thrown;
    int failed = 0;
    do {
      thrown = ForeignCode.thrownBy(() -> services.forEachRemaining(modules::add));
      thrown.ifPresent(faults);
      failed++;
    } while (thrown.isPresent() && failed < MOST_FAULTS);
    return modules;
  }

  /** A loader of one jar, above idem's classes; its services are the jar's own alone. */
  private static URLClassLoader loader(Path jar, String name, ClassLoader parent) {
    try {
      return new JarLoader(name, jar.toUri().toURL(), parent);
    } catch (MalformedURLException e) {
      throw new IllegalStateException("every file has an address", e);
    }
  }

  private static final class JarLoader extends URLClassLoader {
    JarLoader(String name, URL jar, ClassLoader parent) {
      super(name, new URL[] {jar}, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE) ? findResources(name) : super.getResources(name);
    }
  }
}
