package dev.idem.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.FigureResult.Drawing;
import dev.idem.generative.image.Picture;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureResultTest {

  private record Counted(AtomicInteger drawn) implements Picture {
    @Override
    public int width() {
      return 20;
    }

    @Override
    public int height() {
      return 10;
    }

    @Override
    public void draw(Graphics2D graphics) {
      drawn.incrementAndGet();
    }
  }

  @Test
  void pngIsRenderedOnceWhoeverAsksForIt(@TempDir Path temporary) throws IOException {
    Counted picture = new Counted(new AtomicInteger());
    Drawing drawing = new Drawing("d", "caption", picture);
    byte[] expected = picture.png();
    picture.drawn().set(0);
    new FigureResult(List.of(drawing), List.of(), List.of()).write(OutputFolder.open(temporary));
    assertThat(drawing.picture().png()).isEqualTo(expected);
    assertThat(picture.drawn()).as("once for the PNG, once for the SVG").hasValue(2);
    assertThat(temporary.resolve("d.png")).hasBinaryContent(expected);
  }
}
