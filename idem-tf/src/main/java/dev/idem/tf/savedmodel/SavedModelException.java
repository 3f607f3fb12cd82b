package dev.idem.tf.savedmodel;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A SavedModel is intact, but does not map each sample to a row. */
public final class SavedModelException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  SavedModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
