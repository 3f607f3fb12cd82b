package dev.idem.runs.listener;

import dev.idem.api.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Creates a listener for each run; a plug-in contributes one so that experiment files can name it.
 */
@FunctionalInterface
public interface ListenerFactory {

  /**
   * A listener for one run. It is closed after the run if it is {@link AutoCloseable}, and its
   * saved state is restored in a resumed run if it is a {@link
   * dev.idem.api.training.StatefulListener}.
   *
   * @param folder of the run, which exists; each listener uses file names of its own in it
   * @throws IOException if it cannot write there
   */
  TrainingListener open(Path folder) throws IOException;
}
