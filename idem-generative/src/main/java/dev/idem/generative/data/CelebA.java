package dev.idem.generative.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of CelebA, aligned and cropped: images in {@code img_align_celeba}, 178 x 218, and
 * beside it {@code list_eval_partition.txt}, a name and 0 (train), 1 (validation) or 2 (test) in
 * each line. Liu et al., ICCV 2015.
 */
final class CelebA {

  static final String PICTURES = "img_align_celeba";
  static final String PARTITION = "list_eval_partition.txt";

  /** The split that an image belongs to. */
  enum Part {
    TRAINING,
    VALIDATION,
    TEST
  }

  private CelebA() {}

  static boolean is(Path folder) {
    return Files.isDirectory(folder.resolve(PICTURES));
  }

  /** The split of each image by name; empty if the folder has no list. */
  static Optional<Map<String, Part>> partition(Path folder) throws IOException {
    Path list = folder.resolve(PARTITION);
    if (!Files.isRegularFile(list)) {
      return Optional.empty();
    }
    Map<String, Part> parts = new HashMap<>();
    List<String> lines = lines(list);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2 || !words[1].matches("[012]")) {
          throw new IOException(
              "%s, line %s: '%s' must be a name and 0, 1 or 2; check that this is CelebA's own list"
                  .formatted(list, i + 1, line.substring(0, Math.min(60, line.length()))));
        }
        parts.put(words[0], Part.values()[words[1].charAt(0) - '0']);
      }
    }
    return Optional.of(parts);
  }

  private static List<String> lines(Path list) throws IOException {
    try {
      return Files.readAllLines(list);
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s is not a text file; check that this is CelebA's own list".formatted(list), e);
    }
  }
}
