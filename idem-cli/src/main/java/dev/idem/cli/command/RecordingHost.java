package dev.idem.cli.command;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.Experiment;
import dev.idem.tf.engine.SavedModelExport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command's runs record; they report nothing. */
class RecordingHost implements RunHost {

  private final RunPlugins plugins;
  private final Fonts fonts;
  private final InstantSource clock;

  RecordingHost(RunPlugins plugins, Fonts fonts, InstantSource clock) {
    this.plugins = plugins;
    this.fonts = fonts;
    this.clock = clock;
  }

  @Override
  public void export(Network network, NetworkState state, Path folder) throws IOException {
    SavedModelExport.write(network, state, folder);
  }

  @Override
  public Fonts fonts() {
    return fonts;
  }

  @Override
  public Map<String, String> environment(TrainingEngine engine) {
    Map<String, String> environment = new LinkedHashMap<>(Environment.of(engine));
    environment.put("created", clock.instant().toString());
    return environment;
  }

  @Override
  public Map<String, ?> plugins(Experiment experiment) {
    return plugins.used(experiment);
  }

  @Override
  public String describe(Throwable failure) {
    return Failures.describe(failure);
  }

  @Override
  public Closeable log(Path file) {
    return RunLog.open(file);
  }

  @Override
  public InstantSource clock() {
    return clock;
  }
}
