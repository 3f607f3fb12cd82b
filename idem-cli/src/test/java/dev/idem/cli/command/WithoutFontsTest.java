package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;
import dev.idem.generative.image.Fonts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that draw, on a machine that cannot: they refuse before they compute or write. */
class WithoutFontsTest {

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train ign --preset smoke --out FOLDER/out",
        "run FOLDER/generator.yaml --out FOLDER/out",
        "generate --model FOLDER/model --out FOLDER/out/a.png",
        "interpolate --model FOLDER/model --out FOLDER/out/a.png",
        "project --model FOLDER/model --degrade mask --out FOLDER/out/a.png",
        "evaluate --model FOLDER/model --out FOLDER/out",
        "compare FOLDER/a FOLDER/b --out FOLDER/out",
        "reproduce scalar-map --preset smoke --out FOLDER/out"
      })
  void aCommandThatDrawsRefusesBeforeItWritesAnything(String command) throws IOException {
    Files.writeString(temporary.resolve("generator.yaml"), "method: ign\npreset: smoke\n");
    Injector injector =
        Guice.createInjector(
            Modules.override(new IdemModule(Map.of(), List.of()))
                .with(
                    new AbstractModule() {
                      @Override
                      protected void configure() {
                        bind(Fonts.class).toInstance(Fonts.probedBy(WithoutFontsTest::fail));
                      }
                    }));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        IdemCommand.commandLine(injector::getInstance)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(command.replace("FOLDER", temporary.toString()).split(" "));
    assertThat(err.toString())
        .startsWith("idem: Java cannot draw text on this machine, library libharfbuzz.so.0 is")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
    assertThat(exitCode).isEqualTo(1);
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactly(temporary.resolve("generator.yaml"));
    }
  }

  private static void fail() {
    throw new UnsatisfiedLinkError(
        "libfontmanager.so: libharfbuzz.so.0: cannot open shared object file");
  }
}
