package dev.idem.figures.report;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page about one thing: what it is, then sections.
 *
 * @param title its heading
 * @param trouble what went wrong, shown first; empty if nothing did
 * @param facts what matters most, by name
 * @param sections in order
 */
public record Document(
    String title, Optional<String> trouble, Map<String, String> facts, List<Section> sections) {

  /** The bytes of all images of a page, at most; with their encoding the page has a third more. */
  private static final int MOST_BYTES = 5_000_000;

  private static final String TEMPLATE = "document.mustache.html";

  /**
   * A section of a page.
   *
   * @param id to link to
   */
  public record Section(String id, String title, List<Part> parts) {
    public Section {
      parts = List.copyOf(parts);
    }

    /** The commands to type next, by what they do. */
    public static Section next(Map<String, String> commands) {
      return new Section(
          "next",
          "Next",
          commands.entrySet().stream()
              .<Part>map(each -> new Part.Command(each.getKey(), each.getValue()))
              .toList());
    }

    /** An experiment file. */
    public static Section settings(String content) {
      return new Section(
          "settings", "Settings", List.of(new Part.Verbatim("Settings", content.stripTrailing())));
    }
  }

  /** A part of a section. */
  public sealed interface Part {

    /** A paragraph. */
    record Text(String text) implements Part {}

    /** A link to another page. */
    record Link(String href, String text) implements Part {}

    /** Images, side by side if there is room and {@code gallery} is true. */
    record Images(boolean gallery, List<Embedded> images) implements Part {
      public Images {
        images = List.copyOf(images);
      }
    }

    /** A table, which scrolls in a box of its own. */
    record Numbers(Table table) implements Part {}

    /** Values by name. */
    record Pairs(Map<String, String> entries) implements Part {
      public Pairs {
        entries = new LinkedHashMap<>(entries);
      }
    }

    /** The content of a file. */
    record Verbatim(String label, String content) implements Part {}

    /** A command to type. */
    record Command(String does, String line) implements Part {}
  }

  public Document {
    facts = new LinkedHashMap<>(facts);
    sections = List.copyOf(sections);
  }

  /**
   * Writes {@link Page#NAME}, replacing an earlier one.
   *
   * @throws IOException if that fails
   */
  public void write(OutputFolder folder) throws IOException {
    List<Embedded> images = new ArrayList<>();
    for (Section section : sections) {
      for (Part part : section.parts()) {
        if (part instanceof Part.Images several) {
          images.addAll(several.images());
        }
      }
    }
    List<Embedded> fitting = Embedded.within(MOST_BYTES, images);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", title);
    trouble.ifPresent(why -> page.put("trouble", why));
    page.put("facts", Page.pairs(facts));
    List<Map<String, Object>> shown = new ArrayList<>();
    int used = 0;
    for (Section section : sections) {
      List<Map<String, Object>> parts = new ArrayList<>();
      for (Part part : section.parts()) {
        int taken = part instanceof Part.Images several ? several.images().size() : 0;
        parts.add(part(part, fitting.subList(used, used + taken)));
        used += taken;
      }
      shown.add(Map.of("id", section.id(), "title", section.title(), "parts", parts));
    }
    page.put("sections", shown);
    Page.write(folder, Document.class, TEMPLATE, page);
  }

  private static Map<String, Object> part(Part part, List<Embedded> fitting) {
    if (part instanceof Part.Text paragraph) {
      return Map.of("text", paragraph.text());
    } else if (part instanceof Part.Link link) {
      return Map.of("links", Map.of("href", link.href(), "text", link.text()));
    } else if (part instanceof Part.Images images) {
      List<Map<String, Object>> drawings = fitting.stream().map(Page::drawing).toList();
      return Map.of("images", Map.of("gallery", images.gallery(), "drawings", drawings));
    } else if (part instanceof Part.Numbers numbers) {
      return Map.of("table", Page.table(numbers.table()));
    } else if (part instanceof Part.Pairs pairs) {
      return Map.of("pairs", Map.of("entries", Page.pairs(pairs.entries())));
    } else if (part instanceof Part.Verbatim file) {
      return Map.of("verbatim", Map.of("label", file.label(), "content", file.content()));
    } else {
      Part.Command command = (Part.Command) part;
      return Map.of("command", Map.of("does", command.does(), "line", command.line()));
    }
  }
}
