package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever plug-ins throw, and wherever, is a line for each; everything else works. */
class PluginErrorsTest {

  /** Each place throws every fourth of them: all places with all throwables would take seconds. */
  private static final int PARTS = 4;

  /** Java expressions, and how a message names each. */
  private static final List<List<String>> THROWABLES =
      List.of(
          List.of("new Error()", "Error"),
          List.of("new java.io.IOError(new java.io.IOException(\"disk\"))", "IOError"),
          List.of("new ServiceConfigurationError(\"a service inside\")", "a service inside"),
          List.of("new OutOfMemoryError(\"large\")", "OutOfMemoryError: large"),
          List.of("new StackOverflowError()", "StackOverflowError"),
          List.of("new Exception(\"checked\")", "Exception: checked"),
          List.of("new IllegalStateException() {}", "left out"),
          List.of(
              "new RuntimeException() { @Override public String getMessage() { throw new Error(); } }",
              "left out"));

  private static final List<String> PLACES =
      List.of(
          "static",
          "constructor",
          "configure",
          "provider",
          "formula",
          "hashCode",
          "equals",
          "network",
          "description",
          "goal",
          "bias",
          "title",
          "claims",
          "inDefaultSet");

  /** Throws at the place, and what, that a file of its jar names. */
  private static final String FAULTY =
      PluginJars.module(
          "Faulty",
          """
          at("configure");
          map(IdempotencyStrategy.class, () -> { at("provider"); return new Own(); });
          map(IdempotencyStrategy.class).addBinding(NAME + "-twin").toInstance(
              PLACE.equals("formula") ? new CanonicalStrategy() : new Own());
          if (PLACE.equals("hashCode") || PLACE.equals("equals")) {
            map(IdempotencyStrategy.class).addBinding(NAME + "-twin").toInstance(new Own());
          }
          map(Network.class, () -> {
            at("network");
            return new Network() {
              @Override public Shape shape() { return Shape.of(1); }
              @Override public List<ParameterSpec> parameters() { return List.of(); }
              @Override public <T> T apply(T x, ForwardPass<T> pass) { return x; }
              @Override public String description() { at("description"); return "own"; }
            };
          });
          map(DistributionMetric.class, () -> new DistributionMetric() {
            @Override public String name() { return "own"; }
            @Override public Goal goal() { at("goal"); return Goal.LOWER; }
            @Override public String bias() { at("bias"); return "own"; }
            @Override public double measure(float[][] real, float[][] generated) { return 0; }
          });
          map(Figure.class, () -> new Figure() {
            @Override public String title() { at("title"); return "own"; }
            @Override public String paperShows() { return "own"; }
            @Override public String ourSetting() { return "own"; }
            @Override public List<Claim> claims() { at("claims"); return List.of(); }
            @Override public boolean inDefaultSet() { at("inDefaultSet"); return false; }
            @Override public FigureResult draw(FigureContext context) { at("draw"); return null; }
          });
          """,
          """
          static final String PLACE;
          static final int WHAT;
          static final String NAME;
          static {
            try (java.io.InputStream in = Faulty.class.getResourceAsStream("/fault")) {
              String[] fault = new String(in.readAllBytes()).split(" ");
              PLACE = fault[0];
              WHAT = Integer.parseInt(fault[1]);
              NAME = PLACE + "-" + WHAT;
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            at("static");
          }
          static final class Own implements IdempotencyStrategy {
            @Override public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
              return new Loss<>(ops.mean(f.output()));
            }
            @Override public String formula() { at("formula"); return "mean"; }
            @Override public int hashCode() { at("hashCode"); return 1; }
            @Override public boolean equals(Object other) { at("equals"); return other == this; }
          }
          public Faulty() { at("constructor"); }
          private <V> MapBinder<String, V> map(Class<V> type) {
            return MapBinder.newMapBinder(binder(), String.class, type);
          }
          private <V> void map(Class<V> type, Provider<V> provider) {
            map(type).addBinding(NAME).toProvider(provider);
          }
          static void at(String place) {
            if (place.equals(PLACE)) {
              Faulty.<RuntimeException>raise(switch (WHAT) {
                %s
                default -> throw new AssertionError();
              });
            }
          }
          @SuppressWarnings("unchecked")
          static <T extends Throwable> void raise(Throwable thrown) throws T { throw (T) thrown; }
          """
              .formatted(cases()));

  private static String cases() {
    StringBuilder cases = new StringBuilder();
    for (int i = 0; i < THROWABLES.size(); i++) {
      cases.append("case %s -> %s;\n".formatted(i, THROWABLES.get(i).get(0)));
    }
    return cases.toString();
  }

  @TempDir static Path temporary;

  private static Path folder;
  private static final List<String> JARS = new ArrayList<>();

  @BeforeAll
  static void aJarForEachPlaceAndThrowable() throws IOException {
    PluginJars jars = new PluginJars(temporary);
    folder = temporary.resolve("plugins");
    Path classes = jars.compiled(FAULTY);
    for (String place : PLACES) {
      for (int what = PLACES.indexOf(place) % PARTS; what < THROWABLES.size(); what += PARTS) {
        String jar = "%s-%s.jar".formatted(place, what);
        jars.jar(folder, jar, "Faulty", new Manifest(), fault(classes, place, what));
        JARS.add(jar);
      }
    }
  }

  private static Path fault(Path classes, String place, int what) throws IOException {
    Files.writeString(classes.resolve("fault"), place + " " + what);
    return classes;
  }

  private static Console idem(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", folder.toString()));
    return Console.run(all.toArray(String[]::new));
  }

  @Test
  void eachIsALineThatNamesTheJarAndWhatFailed() {
    Console listed = idem("strategies");
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out()).contains("canonical ", "title-");
    List<String> lines = listed.err().lines().toList();
    assertThat(lines).allMatch(line -> line.endsWith("; left out"));
    for (String jar : JARS) {
      int what = Integer.parseInt(jar.replaceAll("\\D", ""));
      assertThat(lines)
          .filteredOn(line -> line.startsWith("idem: plug-in " + jar + ": "))
          .as(jar)
          .singleElement()
          .asString()
          .contains(THROWABLES.get(what).get(1));
    }
  }

  @Test
  void everythingElseWorks() {
    for (String command : List.of("--help", "--version", "figures", "run --schema")) {
      Console outcome = idem(command.split(" "));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isNotBlank();
    }
    assertThat(idem("plugins").out()).contains("strategy     title-", "plug-in title-");
  }
}
