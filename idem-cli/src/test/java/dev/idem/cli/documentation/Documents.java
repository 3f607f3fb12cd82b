package dev.idem.cli.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The README, the pages in docs and the examples' page, and what stands in them. */
final class Documents {

  /** The repository's root, as Maven starts tests in their module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /**
   * A fenced block.
   *
   * @param place the page and the line, from 1
   * @param language after the fence; may be empty
   */
  record Block(String place, String language, String text) {
    @Override
    public String toString() {
      return place + " (" + language + ")";
    }
  }

  /**
   * A link or an image that leads into the repository.
   *
   * @param place the page
   * @param target where it leads, without what follows #
   */
  record Reference(String place, Path target) {}

  private Documents() {}

  static List<Path> pages() {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    pages.addAll(files(ROOT.resolve("docs"), ".md"));
    pages.addAll(files(ROOT.resolve("examples"), ".md"));
    return pages;
  }

  /** The files under a folder whose names end so, in order; what was built is left out. */
  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      parse(page)
          .accept(
              new AbstractVisitor() {
                @Override
                public void visit(FencedCodeBlock block) {
                  int line = block.getSourceSpans().get(0).getLineIndex() + 1;
                  String place = ROOT.relativize(page) + ":" + line;
                  blocks.add(new Block(place, block.getInfo(), block.getLiteral()));
                }
              });
    }
    return blocks;
  }

  static List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    for (Path page : pages()) {
      parse(page)
          .accept(
              new AbstractVisitor() {
                @Override
                public void visit(Link link) {
                  add(link.getDestination());
                  visitChildren(link);
                }

                @Override
                public void visit(Image image) {
                  add(image.getDestination());
                }

                private void add(String destination) {
                  String target = destination.replaceAll("#.*", "");
                  if (!target.isEmpty() && !target.matches("https?:.*")) {
                    references.add(
                        new Reference(
                            ROOT.relativize(page).toString(), page.resolveSibling(target)));
                  }
                }
              });
    }
    return references;
  }

  private static Node parse(Path page) {
    return Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build().parse(read(page));
  }
}
