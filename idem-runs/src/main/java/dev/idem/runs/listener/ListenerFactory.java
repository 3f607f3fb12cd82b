package dev.idem.runs.listener;

import dev.idem.api.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a listener for each run: what a plug-in contributes so that experiment files can name it.
 */
@FunctionalInterface
public interface ListenerFactory {

  /**
   * A listener for one run. It is closed after the run if it is {@link AutoCloseable}, and goes on
   * with a resumed run from what it saved if it is a {@link
   * dev.idem.api.training.StatefulListener}.
   *
   * @param folder of the run, which is there; a listener's files have names of their own in it
   * @throws IOException if it cannot write there
   */
  TrainingListener open(Path folder) throws IOException;
}
