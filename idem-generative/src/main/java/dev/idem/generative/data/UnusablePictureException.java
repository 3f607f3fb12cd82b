package dev.idem.generative.data;

import java.io.IOException;
import java.io.Serial;

/** A file that is not an image, or not a usable one; the message is the reason alone. */
final class UnusablePictureException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  UnusablePictureException(String reason) {
    super(reason);
  }

  UnusablePictureException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
