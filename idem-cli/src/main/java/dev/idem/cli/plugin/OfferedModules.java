package dev.idem.cli.plugin;

import com.google.inject.Module;
import dev.idem.api.check.ForeignCode;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The Guice modules that a jar or a class path offers as services. */
final class OfferedModules {

  /** The file of a jar that names its modules, a class a line. */
  static final String SERVICE = "META-INF/services/" + Module.class.getName();

  /** A service file cannot name so many that are wrong by mistake. */
  private static final int MOST_FAULTS = 100;

  private OfferedModules() {}

  /** The modules of a loader; failures to create one are reported to {@code faults}. */
  static List<Module> of(ClassLoader loader, Consumer<Throwable> faults) {
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
  static URLClassLoader loader(Path jar, String name, ClassLoader parent) {
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
