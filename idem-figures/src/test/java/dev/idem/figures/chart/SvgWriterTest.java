package dev.idem.figures.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.figures.chart.Chart.Mark;
import dev.idem.figures.chart.Chart.Point;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class SvgWriterTest {

  private static final List<Point> FALLING =
      List.of(
          new Point(0, 1),
          new Point(1, 1e-3),
          new Point(2, 0),
          new Point(3, Double.POSITIVE_INFINITY),
          new Point(4, Double.NaN),
          new Point(5, 1e-9));

  private static ChartGrid everything() {
    BufferedImage picture = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    Chart logarithmic =
        Chart.of("log", Axis.linear("step"), Axis.log("error"))
            .band(Style.FIRST, FALLING, FALLING)
            .line("falling", Style.FIRST, FALLING)
            .points("one", Style.SECOND, List.of(new Point(2, 1e-4)))
            .build();
    Chart linear =
        Chart.of("linear", Axis.linear("x").from(-1, 1), Axis.linear("y").from(-1, 1))
            .image(new Point(-1, -1), new Point(1, 1), picture)
            .interval(Style.THIRD, -0.5, 0.5)
            .vertical(Style.REFERENCE, 0.25)
            .arrows(Style.REFERENCE, List.of(new Mark.Arrow(new Point(0, 0), 0.2, 0.1)))
            .label(new Point(0, 0), "<here & there>")
            .openPoints("open", Style.FOURTH, List.of(new Point(0, 0)))
            .withoutLegend()
            .build();
    Chart empty =
        Chart.of("empty", Axis.linear("x"), Axis.log("y"))
            .line("none", Style.FIFTH, List.of())
            .build();
    return new ChartGrid(2, 300, 240, List.of(logarithmic, linear, empty));
  }

  @Test
  void pngHasTwoPixelsAPointAndIsNotBlank() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(everything().png()));
    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(960);
    long ink = 0;
    for (int x = 0; x < 600; x++) {
      for (int y = 0; y < 480; y++) {
        ink += new Color(image.getRGB(x, y)).equals(Color.WHITE) ? 0 : 1;
      }
    }
    assertThat(ink).isGreaterThan(1_000);
  }

  @Test
  void svgIsXmlWithItsTextEscapedAndItsImageInside()
      throws IOException, ParserConfigurationException, SAXException {
    byte[] svg = SvgWriter.svg(everything());
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var document = parsers.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .contains("&lt;here &amp; there&gt;")
        .contains("data:image/png;base64");
  }

  @Test
  void sameGridGivesTheSameBytes() {
    assertThat(everything().png()).isEqualTo(everything().png());
    assertThat(SvgWriter.svg(everything())).isEqualTo(SvgWriter.svg(everything()));
  }

  @Test
  void everyStyleDiffersInColourAndInDash() {
    assertThat(List.of(Style.values())).extracting(Style::colour).doesNotHaveDuplicates();
    assertThat(List.of(Style.values())).extracting(Style::stroke).doesNotHaveDuplicates();
  }

  @Test
  void impossibleChartsAreRefused() {
    assertThatThrownBy(() -> Axis.log("y").from(0, 1)).hasMessageContaining("must be positive");
    assertThatThrownBy(() -> Axis.linear("y").from(1, 1)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> new ChartGrid(2, 300, 200, List.of()))
        .hasMessageContaining("at least one chart");
    assertThatThrownBy(() -> new ChartGrid(0, 300, 200, everything().charts()))
        .hasMessageContaining("columns (0)");
    assertThatThrownBy(() -> Point.of(List.of(1), List.of(1, 2)))
        .hasMessageContaining("1 x coordinates and 2 y coordinates");
  }
}
