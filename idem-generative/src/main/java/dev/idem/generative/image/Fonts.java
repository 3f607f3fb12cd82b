package dev.idem.generative.image;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fonts of this machine. Java draws text with libraries and fonts of the system, which a
 * machine without a screen may lack; then it fails at the first label of an image. Commands that
 * draw call {@link #require} before they compute.
 */
public final class Fonts {

  private static final Pattern LIBRARY =
      Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");
  private static final int MOST_CAUSES = 20;

  private final Runnable probe;

  private Fonts(Runnable probe) {
    this.probe = probe;
  }

  /** Those that Java finds. */
  public static Fonts ofThisMachine() {
    return new Fonts(Fonts::drawLabel);
  }

  /** Fonts that exist if {@code probe} throws nothing. */
  public static Fonts probedBy(Runnable probe) {
    return new Fonts(probe);
  }

  private static void drawLabel() {
    Graphics2D graphics = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB).createGraphics();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    graphics.setFont(font);
    graphics.drawString("f(z)", 0, 12);
    new TextLayout("f(z)", font, graphics.getFontRenderContext()).draw(graphics, 0, 12);
    graphics.dispose();
  }

  /**
   * Checks that text can be drawn.
   *
   * @throws IllegalStateException if not, with what is missing and what to install
   */
  public void require() {
    try {
      probe.run();
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      throw new IllegalStateException(
          "Java cannot draw text on this machine, %s; install fonts, fontconfig and HarfBuzz (on Debian: fontconfig, fonts-dejavu-core and libharfbuzz0b), or use a JDK that brings its own"
              .formatted(missing(e)),
          e);
    }
  }

  private static String missing(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause : causes(failure).toList()) {
      Matcher library = LIBRARY.matcher(String.valueOf(cause.getMessage()));
      if (library.find()) {
        return "library %s is missing".formatted(library.group(1));
      }
      deepest = cause;
    }
    String name = deepest.getClass().getSimpleName();
    return "it finds no usable font (%s)"
        .formatted(
            deepest.getMessage() == null
                ? name
                : name + ": " + deepest.getMessage().replaceAll("\\s+", " ").strip());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}
