package dev.idem.runs.folder;

import java.io.IOException;
import java.nio.file.Path;

/** A run folder is in use. */
public final class RunLockedException extends IOException {

  private static final long serialVersionUID = 1L;

  RunLockedException(Path folder, String owner) {
    super(
        "run folder (%s) is in use by %s; wait for it to end, or name another folder"
            .formatted(folder, owner));
  }
}
