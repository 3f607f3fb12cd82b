package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.TrainingPlan;
import dev.idem.cli.console.Terminal;
import dev.idem.figures.TextTable;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Normalization;
import dev.idem.runs.RunFolder;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the layers, shapes and parameter counts of a network. */
@Command(
    name = "summary",
    description = {
      "Print a network's layers, shapes and parameter counts.",
      "NETWORK is a network of 'idem run' (network.name), a generator's (idem train --network) such"
          + " as small, medium, dcgan28 or dcgan64, or an experiment file, FILE.yaml."
    },
    footer = {"  idem summary cnn", "  idem summary --model digits"})
final class SummaryCommand extends Subcommand {

  private static final Shape DIGITS = Shape.of(28, 28, 1);
  private static final String DCGAN28 = "dcgan28";
  private static final String DCGAN64 = "dcgan64";

  @Parameters(paramLabel = "NETWORK", arity = "0..1", description = "Network, see above.")
  private @Nullable String network;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a generator or of a run, instead of NETWORK.")
  private @Nullable Path model;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Height and width of the colour images that a generator is for. Default: MNIST's digits,"
              + " [28, 28, 1].")
  private @Nullable Integer size;

  @Option(names = "--grey", description = "Greyscale images, with --size.")
  private boolean grey;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description = "Normalisation of a generator's layers: none, batch or group. Default: none.")
  private @Nullable String normalization;

  private final Catalogue<Network> networks;
  private final Experiments experiments;
  private final RunPlugins plugins;

  @Inject
  SummaryCommand(Catalogue<Network> networks, Experiments experiments, RunPlugins plugins) {
    this.networks = networks;
    this.experiments = experiments;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    if ((network == null) == (model == null)) {
      throw usage("name a NETWORK, an experiment file, or --model DIR");
    }
    if (grey && size == null) {
      throw usage("--grey is for images of --size PIXELS; without it they are MNIST's, greyscale");
    }
    describe(model != null ? ofFolder(model) : named(String.valueOf(network)));
    return ExitCode.OK;
  }

  private Network ofFolder(Path named) throws IOException {
    requireNamed("--model", named);
    requireNoGenerator("--model");
    RunFolder run = new RunFolder(named);
    if (!run.isRun() && !run.isOfSeeds()) {
      return GeneratorModel.load(named).network();
    }
    plugins.require(run);
    return ofExperiment(run.file(run.isRun() ? RunFolder.EXPERIMENT : RunFolder.SEEDS));
  }

  private Network ofExperiment(Path file) {
    Subject subject = experiments.read(file, List.of()).subject();
    return subject instanceof Subject.Generator generator
        ? generator.recipe(TrainingPlan.quick()).network()
        : ((Subject.SelfMap) subject).network();
  }

  private Network named(String name) {
    if (name.matches(".*\\.ya?ml") || Files.isRegularFile(Path.of(name))) {
      requireNoGenerator(name);
      return ofExperiment(Path.of(name));
    }
    List<String> generators =
        Stream.concat(
                Stream.of(Architecture.values()).map(Architecture::label),
                Stream.of(DCGAN28, DCGAN64))
            .toList();
    boolean mapToo = size == null && normalization == null;
    if (mapToo && networks.names().contains(name)) {
      return networks.get(name);
    }
    if (!generators.contains(name)) {
      List<String> known = new ArrayList<>(mapToo ? networks.names() : List.of());
      generators.stream().filter(generator -> !known.contains(generator)).forEach(known::add);
      throw new UnknownNameException(
          Suggestions.unknown(mapToo ? "network" : "network of a generator", name, known));
    }
    return accepted(() -> generator(name));
  }

  private Network generator(String name) {
    Normalization normalized = normalization();
    if (size != null && (name.equals(DCGAN28) || name.equals(DCGAN64))) {
      throw usage("--size (%s) is not for %s, whose images have a size of their own", size, name);
    }
    if (name.equals(DCGAN28)) {
      return ConvAutoencoder.dcgan28(normalized);
    }
    if (name.equals(DCGAN64)) {
      return ConvAutoencoder.dcgan64(normalized);
    }
    Shape shape = size == null ? DIGITS : Shape.of(size, size, grey ? 1 : 3);
    return Architecture.valueOf(name.toUpperCase(Locale.ROOT)).network(shape, normalized);
  }

  private Normalization normalization() {
    String label = normalization;
    if (label == null) {
      return Normalization.none();
    }
    List<Normalization> all =
        List.of(Normalization.none(), Normalization.batch(), Normalization.group());
    return all.stream()
        .filter(one -> one.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "--normalization: %s",
                    Suggestions.unknown(
                        "normalisation", label, all.stream().map(Normalization::label).toList())));
  }

  private void requireNoGenerator(String what) {
    if (size != null || normalization != null) {
      throw usage(
          "--size, --grey and --normalization are for generators by name; %s has its own", what);
    }
  }

  private void describe(Network of) {
    print("network  %s", of.description());
    print("input    [batch, %s", of.shape().toString().substring(1));
    print("output   [batch, %s", of.outputShape().toString().substring(1));
    say("");
    List<List<String>> rows = new ArrayList<>();
    String previous = "";
    for (ParameterSpec parameter : of.parameters()) {
      int dot = parameter.name().lastIndexOf('.');
      String layer = parameter.name().substring(0, Math.max(0, dot));
      rows.add(
          List.of(
              layer.equals(previous) ? "" : layer,
              parameter.name().substring(dot + 1),
              parameter.shape().toString(),
              count(parameter.shape().size())));
      previous = layer;
    }
    List<String> header = List.of("layer", "parameter", "shape", "values");
    TextTable.lines(header, rows, Terminal.here().width()).forEach(this::say);
    say("");
    long values = of.parameterCount();
    print(
        "parameters          %s in %s tensors, %s bytes in float32",
        count(values), count(of.parameters().size()), count(values * Float.BYTES));
    List<StatisticsSpec> places = of.statistics();
    int channels = places.stream().mapToInt(StatisticsSpec::channels).sum();
    print(
        "running statistics  %s",
        places.isEmpty()
            ? "none"
            : "%s values in %s places for each kind of input, %s bytes"
                .formatted(
                    count(2L * channels),
                    count(places.size()),
                    count(2L * channels * Float.BYTES)));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
