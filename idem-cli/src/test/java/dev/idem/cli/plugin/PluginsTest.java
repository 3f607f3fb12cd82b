package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.cli.Console;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins, good and bad, beside one another in a folder. */
class PluginsTest {

  private static final String GOOD =
      PluginJars.strategy("Good", "return new Loss<>(ops.mean(ops.square(f.output())));");

  private final Path temporary;
  private final Path folder;
  private final PluginJars jars;

  PluginsTest(@TempDir Path temporary) {
    this.temporary = temporary;
    this.folder = temporary.resolve("plugins");
    this.jars = new PluginJars(temporary);
  }

  @BeforeEach
  void aGoodOneIsThere() throws IOException {
    jars.titled(
        folder,
        "a-good.jar",
        "good",
        "1.2",
        "GoodModule",
        GOOD,
        PluginJars.strategies("GoodModule", "\"good\"", "new Good()"));
  }

  private Console idem(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--plugins";
    all[arguments.length + 1] = folder.toString();
    return Console.run(all);
  }

  @Test
  void strategiesAndFiguresSayWhereTheyComeFrom() {
    Console listed = idem("strategies");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out())
        .containsSubsequence(
            "canonical ", "from idem\n", "good ", "Good\n", "from plug-in good 1.2 (a-good.jar)\n");
    assertThat(idem("figures").out()).contains("efficacy", "[idem]");
    assertThat(idem("run", "--schema").out()).contains("\"anchored\", \"good\"");
  }

  @Test
  void pluginsListsWhatEachContributesAndItsJar() {
    Console listed = idem("plugins");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.out())
        .startsWith("plug-in good 1.2 (a-good.jar)\n")
        .containsPattern("strategy +good\n")
        .containsPattern("SHA-256 +[0-9a-f]{64}\n")
        .contains(folder.resolve("a-good.jar").toString());
    assertThat(Console.run("plugins").out()).startsWith("no plug-ins;");
  }

  @Test
  void theFolderMayBeCalledLikeACommandAndNamedBeforeIt() {
    assertThat(Console.run("--plugins", folder.toString(), "strategies").out())
        .contains("from plug-in good");
    assertThat(Console.run("--plugins=" + folder, "strategies").out()).contains("plug-in good");
    assertThat(Console.run("--plugins", "plugins", "strategies").err())
        .isEqualTo("idem: --plugins (plugins) does not exist; name a folder of jars\n");
  }

  @Test
  void aJarThatIsNamedTwiceIsLoadedOnce() {
    Console listed = Console.run("plugins", "--plugins", folder + File.pathSeparator + folder);
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out()).containsOnlyOnce("plug-in good");
  }

  @Test
  void theEnvironmentNamesFoldersToo() {
    Map<String, String> environment = Map.of("IDEM_PLUGINS", folder.toString());
    assertThat(PluginJar.in(environment, List.of()))
        .extracting(PluginJar::fileName)
        .containsExactly("a-good.jar");
    assertThatThrownBy(() -> PluginJar.in(Map.of("IDEM_PLUGINS", "nowhere"), List.of()))
        .hasMessage("IDEM_PLUGINS (nowhere) does not exist; name a folder of jars");
  }

  @Test
  void anUnknownStrategyIsAnsweredWithThePluginsToo() throws IOException {
    Path file =
        Files.writeString(temporary.resolve("x.yaml"), "subject: map\nstrategy: {name: god}\n");
    assertThat(idem("run", file.toString()).err())
        .contains("unknown strategy.name 'god'; did you mean 'good'?");
  }

  @Test
  void aFileSetsTheParametersOfAPluginsStrategy() throws IOException {
    jars.jar(
        folder,
        "b-sharp.jar",
        "SharpModule",
        """
        package own;
        import dev.idem.api.algebra.TensorAlgebra;
        import dev.idem.api.strategy.*;
        public record Sharp(double sharpness, Scale scale) implements IdempotencyStrategy {
          public Sharp {
            if (sharpness <= 0) {
              throw new IllegalArgumentException("sharpness (" + sharpness + ") must be positive");
            }
          }
          @Override public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
            return new Objective.Loss<>(ops.multiply(ops.mean(ops.square(f.output())), sharpness));
          }
        }
        """,
        PluginJars.strategies("SharpModule", "\"sharp\"", "new Sharp(2, Scale.BATCH_MEAN)"));
    assertThat(idem("strategies").out()).contains("sharpness = 2, scale = batch-mean\n");
    Path file =
        Files.writeString(
            temporary.resolve("sharp.yaml"),
            """
            subject: map
            strategy: {name: sharp, sharpness: 0.5}
            network: {name: mlp}
            data: {source: normal-16}
            """);
    assertThat(idem("run", file.toString(), "--print-config").out())
        .containsPattern("sharpness: 0.5 +# .*sharp.yaml:2:25\n")
        .containsPattern("scale: batch-mean +# default of sharp\n");
    String sharpness = "strategy.sharpness=";
    assertThat(idem("run", file.toString(), "--set", sharpness + "-1").err())
        .contains("--set strategy.sharpness=-1: sharpness (-1.0) must be positive\n");
    assertThat(idem("run", file.toString(), "--set", "strategy.radius=1").err())
        .contains(
            "here strategy.name is sharp, which takes scale, reconstructionWeight, sharpness\n");
  }

  @Test
  void pluginsOfTheClassPathAreFoundToo() throws IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL jar = folder.resolve("a-good.jar").toUri().toURL();
    try (URLClassLoader classPath = new URLClassLoader(new URL[] {jar}, before)) {
      Thread.currentThread().setContextClassLoader(classPath);
      assertThat(Console.run("strategies").out()).contains("from plug-in good 1.2 (a-good.jar)");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void whatTheOptionNamesMustBeAFolderOfJars() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    refused("--plugins (%s) is a file; name the folder that contains it", file);
    refused("--plugins (%s) holds no jar; put plug-ins there, or omit --plugins", empty);
    refused("--plugins (%s) does not exist; name a folder of jars", temporary.resolve("missing"));
    assertThat(Console.run("strategies", "--plugins=").err())
        .isEqualTo("idem: --plugins ('') must name a folder of jars\n");
    assertThat(Console.run("strategies", "--plugins").err())
        .startsWith("idem: Missing required parameter for option '--plugins' (DIR)\n");
  }

  private static void refused(String message, Path path) {
    Console refused = Console.run("strategies", "--plugins", path.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).isEqualTo("idem: " + message.formatted(path) + "\n");
    assertThat(refused.out()).isEmpty();
  }

  /** Past the command's own streams it would reach the console all the same. */
  @Test
  void guiceLogsNoStackTraceOfAModuleThatThrows() throws IOException {
    jar("b-throws.jar", PluginJars.module("Bad", "throw new IllegalStateException(\"x\");", ""));
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      assertThat(idem("strategies").err()).contains("IllegalStateException: x; left out");
    } finally {
      root.removeHandler(handler);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void whatIsWrongIsNamedInALineEachAndTheRestWorks() throws IOException {
    bad();
    Console listed = idem("strategies");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.out()).contains("canonical ", "from plug-in good", "one-of-two");
    assertThat(listed.err().lines())
        .containsExactly(
            "idem: plug-in b-throws.jar: own.Bad: IllegalStateException: no key; left out",
            "idem: plug-in c-missing.jar: Provider own.Missing not found; left out",
            "idem: plug-in d-constructor.jar: Provider own.Bad could not be instantiated:"
                + " IllegalStateException: not made; left out",
            "idem: plug-in e-method.jar: own.Bad: NoSuchMethodError: 'double"
                + " dev.idem.api.strategy.CanonicalStrategy.newer()'; left out",
            "idem: plug-in f-class.jar: own.Bad: NoClassDefFoundError: other/Library; left out",
            "idem: plug-in g-text.jar: is not a jar (ZipException: zip END header not found); left"
                + " out",
            "idem: plug-in h-cut.jar: is not a jar (ZipException: zip END header not found); left"
                + " out",
            "idem: plug-in i-nothing.jar: provides nothing: it has no"
                + " META-INF/services/com.google.inject.Module; left out",
            "idem: plug-in j-taken.jar: own.Bad: strategy 'canonical' has the name of a built-in one,"
                + " which is kept; rename it; left out",
            "idem: plug-in j-taken.jar: own.Bad: strategy 'Good' is already provided by plug-in"
                + " good 1.2 (a-good.jar), which is kept; rename one; left out",
            "idem: plug-in k-blank.jar: own.Bad: strategy '' must be named by letters, digits,"
                + " '-', '_', '+' and '.', 40 at most; left out",
            "idem: plug-in k-blank.jar: own.Bad: strategy '../x' must be named by letters, digits,"
                + " '-', '_', '+' and '.', 40 at most; left out",
            "idem: plug-in l-null.jar: own.Bad: NullPointerException: key; left out",
            "idem: plug-in m-value.jar: own.Bad: strategy 'nothing': NullPointerException: null"
                + " was bound; left out",
            "idem: plug-in n-formula.jar: own.Bad: strategy 'mute': IllegalStateException: no"
                + " words; left out",
            "idem: plug-in o-folder.jar: is not a readable file; left out",
            "idem: plug-in p-idle.jar: own.Bad: contributes nothing; left out",
            "idem: plug-in q-other.jar: own.Bad not a subtype; left out",
            "idem: plug-in r-twice.jar: own.Bad: Duplicate key \"same\" found in java.util.Map<"
                + "java.lang.String, dev.idem.api.strategy.IdempotencyStrategy>; left out");
    Console plugins = idem("plugins");
    assertThat(plugins.exitCode()).isEqualTo(1);
    assertThat(plugins.out()).contains("plug-in good 1.2", "plug-in j-taken.jar");
  }

  private void bad() throws IOException {
    jar(
        "b-throws.jar",
        PluginJars.module("Bad", "throw new IllegalStateException(\"no key\");", ""));
    jars.jar(folder, "c-missing.jar", "Missing", GOOD);
    jar(
        "d-constructor.jar",
        PluginJars.module(
            "Bad", "", "public Bad() { throw new IllegalStateException(\"not made\"); }"));
    without(
        "e-method.jar",
        "dev/idem/api/strategy/CanonicalStrategy.class",
        "package dev.idem.api.strategy; public class CanonicalStrategy {"
            + " public static double newer() { return 1; } }",
        PluginJars.module("Bad", "CanonicalStrategy.newer();", ""));
    without(
        "f-class.jar",
        "other/Library.class",
        "package other; public class Library {}",
        PluginJars.module("Bad", "new other.Library();", ""));
    Files.writeString(folder.resolve("g-text.jar"), "not a jar");
    byte[] whole = Files.readAllBytes(folder.resolve("a-good.jar"));
    Files.write(folder.resolve("h-cut.jar"), Arrays.copyOf(whole, whole.length / 2));
    jars.jar(folder, "i-nothing.jar", "", GOOD);
    jar(
        "j-taken.jar",
        GOOD,
        PluginJars.strategies(
            "Bad",
            "\"canonical\"",
            "new Good()",
            "\"Good\"",
            "new Good()",
            "\"one-of-two\"",
            "new Good()"));
    jar(
        "k-blank.jar",
        GOOD,
        PluginJars.strategies("Bad", "\"\"", "new Good()", "\"../x\"", "new Good()"));
    jar("l-null.jar", GOOD, PluginJars.strategies("Bad", "null", "new Good()"));
    jar(
        "m-value.jar",
        PluginJars.module(
            "Bad",
            "MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class)"
                + ".addBinding(\"nothing\").toProvider(() -> null);",
            ""));
    jar(
        "n-formula.jar",
        GOOD.replace("Good()", "Mute()")
            .replace(
                "@Override",
                "@Override public String formula() {"
                    + " throw new IllegalStateException(\"no words\"); } @Override"),
        PluginJars.strategies("Bad", "\"mute\"", "new Mute()"));
    Files.createDirectory(folder.resolve("o-folder.jar"));
    jar("p-idle.jar", PluginJars.module("Bad", "", ""));
    jar("q-other.jar", "package own; public class Bad {}");
    jar(
        "r-twice.jar",
        GOOD,
        PluginJars.strategies(
            "Bad", "\"same\"", "new Good()", "\"same\"", "new CanonicalStrategy()"));
  }

  private void jar(String file, String... sources) throws IOException {
    jars.jar(folder, file, "Bad", sources);
  }

  /** Compiled with a class that the jar leaves out, as against another version. */
  private void without(String file, String left, String... sources) throws IOException {
    Path classes = jars.compiled(sources);
    Files.delete(classes.resolve(left));
    jars.jar(folder, file, "Bad", new Manifest(), classes);
  }
}
