package dev.idem.generative.data;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** More unusable images in a folder than {@link ImageFolder} tolerates. */
public final class TooManySkippedException extends IOException {

  @Serial private static final long serialVersionUID = 1;
  private static final int SHOWN = 3;

  private final transient List<Skipped> skipped;

  TooManySkippedException(Path folder, List<Skipped> skipped, int images) {
    super(
        "image folder (%s): %s of %s images cannot be used, more than 5 %%: %s%s; repair or remove them"
            .formatted(
                folder,
                skipped.size(),
                images,
                first(skipped),
                skipped.size() > SHOWN ? "; ..." : ""));
    this.skipped = List.copyOf(skipped);
  }

  /** The first of them with their reasons, on one line. */
  static String first(List<Skipped> skipped) {
    return skipped.stream()
        .limit(SHOWN)
        .map(file -> file.path() + " " + file.reason())
        .collect(Collectors.joining("; "));
  }

  /** All images that cannot be used, by path. */
  public List<Skipped> skipped() {
    return skipped;
  }
}
