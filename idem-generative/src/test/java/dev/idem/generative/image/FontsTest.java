package dev.idem.generative.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.AWTError;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said where Java cannot draw text. */
class FontsTest {

  /** What JDKs were seen to throw, and the part of the message that names what is missing. */
  static Stream<Arguments> failures() {
    String harfbuzz =
        "/jdk/lib/libfontmanager.so: libharfbuzz.so.0: cannot open shared object file: No such"
            + " file or directory";
    RuntimeException noFonts =
        new RuntimeException("Fontconfig head is null,\n check your fonts or fonts configuration");
    return Stream.of(
        Arguments.of(new UnsatisfiedLinkError(harfbuzz), "library libharfbuzz.so.0 is missing"),
        Arguments.of(
            new ExceptionInInitializerError(
                new UnsatisfiedLinkError(harfbuzz.replace("harfbuzz.so.0", "freetype.so.6"))),
            "library libfreetype.so.6 is missing"),
        Arguments.of(
            new InternalError(new InvocationTargetException(noFonts)),
            "it finds no usable font (RuntimeException: Fontconfig head is null, check your fonts"
                + " or fonts configuration)"),
        Arguments.of(noFonts, "it finds no usable font (RuntimeException: Fontconfig head"),
        Arguments.of(new NullPointerException(), "no usable font (NullPointerException)"),
        Arguments.of(
            new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager"),
            "no usable font (NoClassDefFoundError: Could not initialize class sun.font"),
        Arguments.of(new AWTError("no toolkit"), "no usable font (AWTError: no toolkit)"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatIsMissingIsNamedWithWhatToInstall(Throwable failure, String missing) {
    Fonts fonts = Fonts.probedBy(() -> sneak(failure));
    assertThatThrownBy(fonts::require)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Java cannot draw text on this machine, ")
        .hasMessageContaining(missing)
        .hasMessageContaining("install fonts, fontconfig and HarfBuzz")
        .hasNoSuppressedExceptions()
        .hasCause(failure);
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void tooLittleMemoryIsNoLackOfFonts() {
    Fonts fonts =
        Fonts.probedBy(
            () -> {
              throw new OutOfMemoryError("heap");
            });
    assertThatThrownBy(fonts::require).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void thisMachineDraws() {
    assertThatCode(Fonts.ofThisMachine()::require).doesNotThrowAnyException();
  }
}
