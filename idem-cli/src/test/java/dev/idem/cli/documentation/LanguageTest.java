package dev.idem.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Main sources and pages are written in plain words of the field. */
class LanguageTest {

  private static final Pattern STUMBLES =
      Pattern.compile(
          String.join(
              "|",
              "\\b(gone|goes|going) on with\\b",
              "\\b(is|are) told\\b",
              "\\btells of\\b",
              "\\b(could not|can not|cannot|can|to) be had\\b",
              "\\bis no (jar|yaml|file|checkpoint|model|text|picture|folder)\\b",
              "\\bcannot be true\\b",
              "\\bthe dearest\\b",
              "\\b(begins?|begun) anew\\b",
              "\\bdone again\\b",
              "\\bdoes it again\\b",
              "\\basked for were\\b",
              "\\bwhat of a\\b",
              "\\bkeeps the training thread\\b",
              "\\bleave [^.\\n]{0,30} away\\b",
              "\\bways of both\\b",
              "\\bextents?\\b",
              "\\bhere a second time\\b",
              "\\bsay the same in other words\\b",
              "\\bare not for experiments\\b",
              "\\bwithin each other\\b",
              "\\bwhich (stays; |no value begins)",
              "\\b(names no folder|offers nothing|has two of)\\b",
              "\\bcannot be made\\b",
              "\\bis of (another run|format|%s bytes)",
              "\\bleave [^.\\n]{0,12} (out|off)\\b",
              "\"Of the \\w+ among\\b",
              "\"By what\\b"),
          Pattern.CASE_INSENSITIVE);

  /** The same in names of tests. */
  private static final Pattern NAMES =
      Pattern.compile(
          "void \\w*((Is|Are)Told(?!Apart)|Go(es|ne)?On|TellsOf|BeHad|Extents?|Th(at|ose)(Is|Are)None|Dearest)");

  @Test
  void noSentenceMakesANativeReaderStumble() {
    List<String> found = new ArrayList<>();
    Stream.concat(
            Documents.pages().stream(),
            Documents.files(Documents.ROOT, ".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/dev/")))
        .forEach(file -> found.addAll(stumbles(file, STUMBLES)));
    assertThat(found).isEmpty();
  }

  @Test
  void noTestsNameMakesANativeReaderStumble() {
    List<String> found = new ArrayList<>();
    Documents.files(Documents.ROOT, ".java").stream()
        .filter(file -> file.toString().contains("/src/test/java/"))
        .forEach(file -> found.addAll(stumbles(file, NAMES)));
    assertThat(found).isEmpty();
  }

  @Test
  void aStumbleWouldBeFound() {
    assertThat(NAMES.matcher("void mistakesAre" + "Told()").find()).isTrue();
    assertThat(NAMES.matcher("void closeRootsAreToldApart()").find()).isFalse();
    assertThat(STUMBLES.matcher("A run is gone on with.").find()).isTrue();
    assertThat(STUMBLES.matcher("A run resumes.").find()).isFalse();
  }

  private static List<String> stumbles(Path file, Pattern pattern) {
    List<String> found = new ArrayList<>();
    String text = Documents.read(file);
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      long line = text.substring(0, matcher.start()).lines().count();
      found.add(Documents.ROOT.relativize(file) + ":" + line + ": " + matcher.group());
    }
    return found;
  }
}
