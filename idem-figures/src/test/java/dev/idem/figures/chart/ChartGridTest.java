package dev.idem.figures.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.Legend.Entry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.Test;

class ChartGridTest {

  private static final List<Point> POINTS = List.of(new Point(1, 1), new Point(10, 100));
  private static final Entry FIRST = new Entry("first", Style.FIRST, true, false);
  private static final Entry SECOND = new Entry("second", Style.SECOND, true, false);

  private static Chart chart(String name, Style style, Axis x) {
    return Chart.of("title", x, Axis.log("y")).line(name, style, POINTS).build();
  }

  private static String svg(ChartGrid grid) {
    return new String(SvgWriter.svg(grid), StandardCharsets.UTF_8);
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void chartsWhoseLegendsAgreeShareOne() {
    Chart one = chart("shared name", Style.FIRST, Axis.linear("x"));
    assertThat(count(svg(new ChartGrid(2, 300, 240, List.of(one, one, one, one))), "shared name"))
        .isEqualTo(1);
  }

  @Test
  void rowsThatDisagreeHaveALegendEachAndChartsThatDisagreeAsWell() {
    Chart one = chart("one name", Style.FIRST, Axis.linear("x"));
    Chart other = chart("other name", Style.FIRST, Axis.linear("x"));
    String rows = svg(new ChartGrid(2, 300, 240, List.of(one, one, other, other)));
    assertThat(count(rows, "one name")).isEqualTo(1);
    assertThat(count(rows, "other name")).isEqualTo(1);
    String charts = svg(new ChartGrid(2, 300, 240, List.of(one, other, one, other)));
    assertThat(count(charts, "one name")).isEqualTo(2);
  }

  @Test
  void legendIsAmbiguousWhereANameHasTwoLooksOrALookTwoNames() {
    assertThat(new Legend(List.of(FIRST, SECOND)).unambiguous()).isTrue();
    assertThat(
            new Legend(List.of(FIRST, new Entry("first", Style.SECOND, true, false))).unambiguous())
        .isFalse();
    assertThat(
            new Legend(List.of(FIRST, new Entry("other", Style.FIRST, true, false))).unambiguous())
        .isFalse();
    assertThat(
            Legend.shared(List.of(new Legend(List.of(FIRST)), new Legend(List.of(FIRST, SECOND)))))
        .isEqualTo(new Legend(List.of(FIRST, SECOND)));
  }

  @Test
  void legendTakesAsManyRowsAsItNeedsAndNoneWithoutEntries() {
    Graphics2D graphics = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB).createGraphics();
    Legend two = new Legend(List.of(FIRST, SECOND));
    assertThat(new Legend(List.of()).height(graphics, 100)).isZero();
    assertThat(two.height(graphics, 100)).isGreaterThan(two.height(graphics, 300));
  }

  /** The lowest line across the middle of a panel: the lower edge of its plot. */
  private static int lowerEdge(BufferedImage image, int middle) {
    for (int y = image.getHeight() - 1; y > 0; y--) {
      int row = y;
      boolean line = true;
      for (int x = middle - 60; x < middle + 60; x++) {
        line &= image.getRGB(x, row) != Color.WHITE.getRGB();
      }
      if (line) {
        return y;
      }
    }
    return -1;
  }

  @Test
  void plotsOfARowAreEquallyHighWhateverLiesBelow() throws IOException {
    Chart linear = chart("a", Style.FIRST, Axis.linear("x"));
    Chart logarithmic =
        Chart.of("title", Axis.log("x"), Axis.log("y"))
            .line("a name that is so long that it needs a row", Style.FIRST, POINTS)
            .line("and another that is as long as this one is", Style.SECOND, POINTS)
            .build();
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(
                new ChartGrid(2, 300, 240, List.of(linear, logarithmic)).png()));
    assertThat(lowerEdge(image, 300)).isPositive().isEqualTo(lowerEdge(image, 900));
  }

  private static List<Double> minorTicks(double low, double high) {
    Graphics2D graphics = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB).createGraphics();
    List<?> ticks =
        Axis.log("y")
            .drawn(List.of(low, high))
            .refreshTicks(
                graphics,
                new AxisState(),
                new Rectangle2D.Double(0, 0, 100, 200),
                RectangleEdge.LEFT);
    return ticks.stream()
        .map(ValueTick.class::cast)
        .filter(tick -> tick.getTickType().equals(TickType.MINOR))
        .map(ValueTick::getValue)
        .toList();
  }

  @Test
  void logarithmicAxisHasMinorTicksWithinEachDecade() {
    assertThat(minorTicks(1, 100)).hasSize(16).contains(2.0, 9.0, 20.0, 90.0).doesNotContain(10.0);
    assertThat(minorTicks(1e-12, 1)).hasSize(13);
  }
}
