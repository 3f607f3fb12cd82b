package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.cli.console.Terminal;
import dev.idem.cli.environment.Environment;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.TextTable;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.PyTorchDcgan;
import dev.idem.generative.model.PyTorchDcgan.Imported;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeTensors;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Makes a generator's model of weights from PyTorch. */
@Command(
    name = "import",
    description = {
      "Read a generator's weights from PyTorch, as a model that other commands take as --model.",
      "The file is a state dict saved by safetensors.torch.save_file, with the names of the DCGANs"
          + " in github.com/abdelahmed0/KTH-DD2412-Idempotent-GenNets: encoder.model.0.weight, ..."
    },
    footer = "  idem import --weights ign.safetensors --as dcgan28 --out ign")
final class ImportCommand extends Subcommand {

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "File of the weights, in the safetensors format.")
  private Path weights = Path.of("");

  @Option(
      names = "--as",
      paramLabel = "NETWORK",
      required = true,
      description =
          "Network: dcgan64 (DCGAN, images [64, 64, 3]) or dcgan28 (DCGAN_MNIST_2, [28, 28, 1]).")
  private String label = "";

  @Option(
      names = "--noise",
      paramLabel = "NAME",
      defaultValue = "white",
      description =
          "Distribution of z: white, spectral or covariance; the latter two are estimated from the"
              + " images of --data. Default: ${DEFAULT-VALUE}.")
  private String noise = "";

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "Data set that the noise is estimated from: " + ImageData.FORMS + ".")
  private @Nullable String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the model; must not already hold one.")
  private Path out = Path.of("");

  private final ImageData.Sources sources;
  private final InstantSource clock;

  @Inject
  ImportCommand(ImageData.Sources sources, InstantSource clock) {
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    PyTorchDcgan dcgan =
        PyTorchDcgan.labelled(label)
            .orElseThrow(() -> unknown("--as", label, PyTorchDcgan.labels()));
    NoiseKind kind =
        NoiseKind.labelled(noise).orElseThrow(() -> unknown("--noise", noise, NoiseKind.labels()));
    requireFree(out);
    SafeTensors file = SafeTensors.read(weights);
    Imported imported = dcgan.imported(file);
    Shape shape = dcgan.network().shape();
    NoiseSource source = noise(kind, shape);
    OutputFolder folder = folder(out);
    new GeneratorModel(
            shape, dcgan.network(), imported.state(), source, training(dcgan, source), provenance())
        .save(folder.path());
    table(imported).forEach(this::say);
    say("network    " + dcgan.network().description());
    say("noise      " + source.description());
    say("model      " + folder.path());
    return ExitCode.OK;
  }

  private NoiseSource noise(NoiseKind kind, Shape shape) throws IOException {
    if ((kind == NoiseKind.WHITE) != (data == null)) {
      throw usage(
          data == null
              ? "--noise %s is estimated from images; name them by --data"
              : "--data is for --noise spectral or covariance, not %s",
          noise);
    }
    if (data == null) {
      return kind.restore(shape, Map.of());
    }
    try (ImageData images = sources.open(data, shape)) {
      if (!images.source().shape().equals(shape)) {
        throw usage(
            "--data (%s) has images of shape %s; %s is for %s",
            data, images.source().shape(), label, shape);
      }
      return kind.estimate(shape, images.source().trainingSize(), images.source()::trainingSample);
    }
  }

  private Map<String, String> training(PyTorchDcgan dcgan, NoiseSource source) throws IOException {
    Map<String, String> training = new LinkedHashMap<>();
    training.put("imported from", String.valueOf(weights.getFileName()));
    training.put("imported sha256", FileCard.of(weights).sha256());
    training.put("imported as", dcgan.label() + ", PyTorch");
    training.put("network", dcgan.network().description());
    training.put("noise", source.description());
    return training;
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("idem", Environment.version());
    provenance.put("created", clock.instant().toString());
    return provenance;
  }

  private static List<String> table(Imported imported) {
    return TextTable.lines(
        List.of("idem", "shape", "file", "shape", "how"),
        imported.rows().stream()
            .map(
                row ->
                    Stream.of(row.name(), row.shape(), row.source(), row.sourceShape(), row.how())
                        .map(cell -> cell.isEmpty() ? "-" : cell)
                        .toList())
            .toList(),
        Terminal.here().width());
  }
}
