package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles plug-ins and packs them, as anybody outside would. */
final class PluginJars {

  private static final String IMPORTS =
      """
      import com.google.inject.*;
      import com.google.inject.multibindings.MapBinder;
      import dev.idem.api.algebra.*;
      import dev.idem.api.data.*;
      import dev.idem.api.network.*;
      import dev.idem.api.strategy.*;
      import dev.idem.api.strategy.Objective.*;
      import dev.idem.api.training.*;
      import dev.idem.eval.distribution.*;
      import dev.idem.figures.*;
      import dev.idem.runs.experiment.ListenerFactory;
      import java.nio.file.*;
      import java.util.*;
      """;

  private final Path temporary;

  /** Plug-ins made in a temporary folder. */
  PluginJars(Path temporary) {
    this.temporary = temporary;
  }

  /** A module that binds strategies: names, each with an expression. */
  static String strategies(String type, String... namesAndStrategies) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < namesAndStrategies.length; i += 2) {
      body.append("bind(%s, %s);\n".formatted(namesAndStrategies[i], namesAndStrategies[i + 1]));
    }
    return module(
        type,
        body.toString(),
        """
        private void bind(String name, IdempotencyStrategy strategy) {
          MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class)
              .addBinding(name).toInstance(strategy);
        }
        """);
  }

  /** A module of package {@code own} with the body of its {@code configure}, and other members. */
  static String module(String type, String body, String members) {
    return """
        package own;
        %s
        public final class %s extends AbstractModule {
          @Override protected void configure() {
            %s
          }
          %s
        }
        """
        .formatted(IMPORTS, type, body, members);
  }

  /** A strategy whose objective is that Java code, of {@code f} and {@code ops}. */
  static String strategy(String type, String objective) {
    return """
        package own;
        %s
        public record %s() implements IdempotencyStrategy {
          @Override public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
            %s
          }
        }
        """
        .formatted(IMPORTS, type, objective);
  }

  /** A jar in a folder that offers {@code own.SERVICE}, with the classes of those sources. */
  Path jar(Path folder, String file, String service, String... sources) throws IOException {
    return jar(folder, file, service, new Manifest(), compiled(sources));
  }

  /** The same with a name and a version in its manifest. */
  Path titled(
      Path folder, String file, String title, String version, String service, String... sources)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return jar(folder, file, service, manifest, compiled(sources));
  }

  /** A jar of those classes that offers what {@code service} says; empty for no such file. */
  Path jar(Path folder, String file, String service, Manifest manifest, Path classes)
      throws IOException {
    Path jar = Files.createDirectories(folder).resolve(file);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path entry : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
        entries.write(Files.readAllBytes(entry));
      }
      if (!service.isEmpty()) {
        entries.putNextEntry(new JarEntry(Plugins.SERVICE));
        entries.write(("own." + service + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  /** The folder of the classes of those sources, each of which names its package and class. */
  Path compiled(String... sources) throws IOException {
    Path classes = Files.createTempDirectory(temporary, "classes");
    List<JavaFileObject> units = new ArrayList<>();
    for (String source : sources) {
      units.add(new Source(source));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath);
      assertThat(compiler.getTask(null, files, null, options, null, units).call()).isTrue();
    }
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(
          URI.create(
              "string:///"
                  + text.replaceFirst("(?s).*?package ([a-z.]+);.*", "$1").replace('.', '/')
                  + "/"
                  + text.replaceFirst("(?s).*?public \\w*\\s?(?:class|record) (\\w+).*", "$1")
                  + ".java"),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
