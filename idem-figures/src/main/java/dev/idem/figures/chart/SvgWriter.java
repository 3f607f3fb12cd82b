package dev.idem.figures.chart;

import dev.idem.generative.image.Picture;
import java.awt.Dimension;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.StyleHandler;
import org.w3c.dom.Document;

/** Writes figures as SVG: the same figure gives the same bytes on the same machine. */
public final class SvgWriter {

  private static final String IMAGE_RENDERING = "image-rendering";

  private SvgWriter() {}

  /** Returns an SVG document, UTF-8. */
  public static byte[] svg(Picture picture) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
    context.setComment("idem");
    context.setEmbeddedFontsOn(false);
    context.setImageHandler(new EmbeddedPng());
    StyleHandler styles = context.getStyleHandler();
    context.setStyleHandler(
        (element, style, same) -> {
          styles.setStyle(element, style, same);
          // SVG 1.1's word for nearest neighbour; browsers smooth unless told in CSS's word.
          if (element.getAttribute(IMAGE_RENDERING).equals("optimizeSpeed")) {
            element.setAttribute(IMAGE_RENDERING, "pixelated");
          }
        });
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
    picture.drawPage(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStreamWriter writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      graphics.stream(writer, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser cannot make a document", e);
    }
  }

  /** In memory, and not by way of a temporary file. */
  private static void writePng(RenderedImage image, OutputStream out) throws IOException {
    try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", png);
    }
  }

  /** Embeds images by the JDK's PNG writer; Batik's own needs a good deal of Batik more. */
  private static final class EmbeddedPng extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
      try {
        writePng(image, out);
      } catch (IOException e) {
        throw new SVGGraphics2DIOException(e.getMessage(), e);
      }
    }
  }
}
