package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.explore.Explorer;
import dev.idem.explore.Explorer.Explored;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a page on which trained generators are tried. */
@Command(
    name = "explore",
    description = {
      "Serve a page on which trained generators are tried: draw or drop an image, degrade it, see"
          + " f, f(f), f(f(f)) of it and how far each moved; interpolate between two noises.",
      "Only this machine can connect, unless --host says otherwise. Ctrl-C ends it."
    },
    footer = {"  idem explore", "  idem explore --model digits --model exact"})
final class ExploreCommand extends Subcommand {

  private static final int MOST_PORT = 65_535;
  private static final int MOST_MODELS = 8;
  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Folder of a generator, or of a run that trained one; repeated, models are shown side by"
              + " side. Default: the generator of digits that comes with idem.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8710",
      description = "Port to listen on; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = 8_710;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = LOOPBACK,
      description =
          "Address to listen on. With 0.0.0.0 every machine that reaches this one can use the page."
              + " Default: ${DEFAULT-VALUE}.")
  private String host = LOOPBACK;

  @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();

  private final EngineFactory engines;

  @Inject
  ExploreCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    requireRange("--port", port, 0, MOST_PORT);
    if (folders.size() > MOST_MODELS) {
      throw usage("--model is given %s times; at most %s fit", folders.size(), MOST_MODELS);
    }
    folders.forEach(folder -> requireNamed("--model", folder));
    InetAddress address = address();
    TrainingEngine engine = engineOptions.open(engines);
    List<Explored> models = new ArrayList<>();
    try {
      if (folders.isEmpty()) {
        models.add(Explored.open("digits (comes with idem)", Explorer.includedModel(), engine));
      }
      for (Path folder : folders) {
        GeneratorModel model = GeneratorModel.load(RunFolder.modelAt(folder));
        models.add(Explored.open(folder.toString(), model, engine));
      }
      serve(models, address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      models.forEach(model -> model.generator().close());
    }
    return ExitCode.OK;
  }

  private void serve(List<Explored> models, InetAddress address)
      throws IOException, InterruptedException {
    try (Explorer explorer = Explorer.start(models, address, port)) {
      if (!address.isLoopbackAddress()) {
        String warning =
            "idem: warning: --host (%s) lets other machines use this page, without a password";
        line().getErr().println(warning.formatted(host));
      }
      print("%s   Ctrl-C ends it", explorer.uri());
      explorer.join();
    }
  }

  private InetAddress address() {
    if (host.isBlank()) {
      throw usage("--host ('') must be an address, such as %s", LOOPBACK);
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw usage("--host (%s) is not an address of this machine", host);
    }
  }
}
