package dev.idem.figures.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class ImageGridTest {

  private static final List<Integer> POWERS = List.of(1, 2, 3, 5, 10, 20, 50, 100);

  private final Path temporary;

  ImageGridTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private static BufferedImage filled(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** A white digit on black, 28 x 28. */
  private static BufferedImage digit(int index) {
    BufferedImage image = filled(28, 28, Color.BLACK);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setPaint(Color.WHITE);
    graphics.setFont(new Font(Font.SERIF, Font.ITALIC, 26));
    graphics.drawString(Integer.toString(Math.floorMod(index, 10)), 7, 23);
    graphics.dispose();
    return image;
  }

  private static BufferedImage noise(int index) {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(index);
    for (int i = 0; i < 28 * 28; i++) {
      image.getRaster().setSample(i % 28, i / 28, 0, random.nextInt(256));
    }
    return image;
  }

  private static Row row(String label, int images, IntFunction<BufferedImage> image) {
    return new Row(label, IntStream.range(0, images).mapToObj(image).toList());
  }

  private static Block iterates(String title, int images) {
    return Block.of(
        title,
        row("z", images, ImageGridTest::noise),
        row("f(z)", images, ImageGridTest::digit),
        row("f²(z)", images, ImageGridTest::digit),
        row("f³(z)", images, ImageGridTest::digit));
  }

  private static ImageGrid methods() {
    return new ImageGrid(
        "From noise, first seed",
        1,
        1,
        List.of(iterates("substituted gradient", 16), iterates("canonical loss", 16)));
  }

  private static ImageGrid stacked(double scale, Block... blocks) {
    return new ImageGrid("", 1, scale, List.of(blocks));
  }

  private static Block powers(String title) {
    return new Block(
        title,
        POWERS.stream().map(k -> "k = " + k).toList(),
        List.of(row("fᵏ(z)", 8, i -> digit(3)), row("fᵏ(z)", 8, i -> digit(5))));
  }

  private BufferedImage written(String name, ImageGrid grid) throws IOException {
    Path file = Files.write(temporary.resolve(name + ".png"), grid.png());
    Files.write(temporary.resolve(name + ".svg"), SvgWriter.svg(grid));
    return ImageIO.read(file.toFile());
  }

  @Test
  void pngHasTwoPixelsAPointAndEveryImageInside() throws IOException {
    BufferedImage page = written("methods", methods());

    assertThat(page.getWidth()).isEqualTo(2 * methods().width());
    assertThat(page.getHeight()).isEqualTo(2 * methods().height());
    long black = pixels(page, Color.BLACK);
    // 2 x 3 x 16 digits of 56 x 56 pixels, mostly black.
    assertThat(black).isBetween(96L * 56 * 56 / 2, 96L * 56 * 56 * 2);
  }

  @Test
  void pixelsAreEnlargedWithoutSmoothingAndFramed() throws IOException {
    BufferedImage red = filled(4, 3, Color.RED);
    BufferedImage blue = filled(4, 3, Color.BLUE);
    Block block = Block.of("", new Row("", List.of(red, blue)));

    BufferedImage page = written("plain", stacked(2.5, block));

    // 4 x 2.5 x 2 by 3 x 2.5 x 2 pixels; a frame of one pixel around each.
    assertThat(pixels(page, Color.RED)).isEqualTo(20 * 15);
    assertThat(pixels(page, Color.BLUE)).isEqualTo(20 * 15);
    assertThat(pixels(page, new Color(0x999999))).isEqualTo(2 * (22 * 17 - 20 * 15));
    assertThat(page.getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
  }

  private static long pixels(BufferedImage page, Color colour) {
    long count = 0;
    for (int x = 0; x < page.getWidth(); x++) {
      for (int y = 0; y < page.getHeight(); y++) {
        count += page.getRGB(x, y) == colour.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void sameGridGivesTheSameBytes() {
    assertThat(methods().png()).isEqualTo(methods().png());
    assertThat(SvgWriter.svg(methods())).isEqualTo(SvgWriter.svg(methods()));
  }

  @Test
  void svgIsXmlThatHoldsEveryImageOnceCrispAndTheLabelsAsText()
      throws IOException, ParserConfigurationException, SAXException {
    ImageGrid grid = stacked(2, powers("<both>"), powers(""));
    byte[] svg = SvgWriter.svg(grid);
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var document = parsers.newDocumentBuilder().parse(new ByteArrayInputStream(svg));

    assertThat(document.getElementsByTagName("image").getLength()).isEqualTo(32);
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .contains("data:image/png;base64")
        .contains("image-rendering:pixelated")
        .contains("&lt;both&gt;", "fᵏ(z)", "k = 100");
  }

  @Test
  void columnsWidenUntilTheirLabelsPart() {
    Block narrow = Block.of("", row("", 8, ImageGridTest::digit));
    List<String> labels = POWERS.stream().map(k -> "k = " + k).toList();

    int without = stacked(0.5, narrow).width();
    int with = stacked(0.5, new Block("", labels, narrow.rows())).width();

    assertThat(with).isGreaterThan(without + 8 * 20);
  }

  @Test
  void blocksStackOrStandSideBySide() throws IOException {
    Block one = iterates("substituted gradient", 5);
    Block two = iterates("canonical loss", 5);
    ImageGrid alone = stacked(1, one);
    ImageGrid stacked = stacked(1, one, two);
    ImageGrid beside = new ImageGrid("", 2, 1, List.of(one, two));

    assertThat(stacked.width()).isEqualTo(alone.width());
    assertThat(stacked.height()).isGreaterThan(2 * alone.height() - 30);
    assertThat(beside.height()).isEqualTo(alone.height());
    assertThat(beside.width()).isGreaterThan(2 * alone.width() - 30);
    assertThat(new ImageGrid("more", 2, 1, List.of(one, two)).height())
        .isGreaterThan(beside.height());
    assertThat(written("beside", beside).getWidth()).isEqualTo(2 * beside.width());
  }

  @Test
  void impossibleGridsAreRefused() {
    BufferedImage small = filled(2, 2, Color.RED);
    BufferedImage wide = filled(3, 2, Color.RED);
    Row pair = new Row("pair", List.of(small, small));
    Row single = new Row("single", List.of(small));
    assertThatThrownBy(() -> new Row("z", List.of()))
        .hasMessage("row 'z' needs at least one image");
    assertThatThrownBy(() -> Block.of("b"))
        .hasMessage("block 'b' needs at least one row of images");
    assertThatThrownBy(() -> Block.of("b", pair, single))
        .hasMessageContaining("row 'pair' has 2, row 'single' has 1");
    assertThatThrownBy(() -> new Block("b", List.of("k = 1"), List.of(pair)))
        .hasMessage("block 'b' has 1 column labels for 2 columns");
    assertThatThrownBy(() -> stacked(1)).hasMessageContaining("at least one block");
    assertThatThrownBy(() -> stacked(0, Block.of("b", pair)))
        .hasMessage("scale (0.0) must be positive");
    Block odd = Block.of("odd", new Row("w", List.of(wide)));
    assertThatThrownBy(() -> stacked(1, Block.of("b", pair), odd))
        .hasMessageContaining("the first is 2 x 2, one in row 'w' is 3 x 2");
  }
}
