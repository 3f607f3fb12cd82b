package dev.idem.cli.command;

import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.PyTorchDcgan;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.StateTensors;
import dev.idem.onnx.OnnxExport;
import dev.idem.runs.RunFolder;
import dev.idem.tf.engine.SavedModelExport;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Exports a generator for programs that do not know idem. */
@Command(
    name = "export",
    description = {
      "Write a generator in a form that does not depend on idem.",
      "saved-model: a TensorFlow SavedModel with the signatures apply (x: [batch, h, w, c] to y ="
          + " f(x)) and iterate (x and k, an int32 scalar, to y = f applied k times). safetensors: a"
          + " file of the weights, with idem's names or (--as pytorch) with those of PyTorch's"
          + " modules. onnx: a file with the input x and the output y = f(x), or f applied"
          + " --iterations times. The run of a map already"
          + " has the first two, in saved-model and weights.safetensors."
    },
    footer = {
      "  idem export --model digits --out saved",
      "  idem export --model digits --format onnx --out digits.onnx",
      "  idem export --model digits --format safetensors --out digits.safetensors"
    })
final class ExportCommand extends Subcommand {

  private static final List<String> KINDS =
      List.of(GenerativeObjective.NOISE, GenerativeObjective.DATA);

  private static final String PYTORCH = "pytorch";

  /** What is written. */
  private enum Format {
    SAVED_MODEL,
    SAFETENSORS,
    ONNX;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Format labelled(String label) {
      return Arrays.stream(values())
          .filter(format -> format.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  unknown("--format", label, Arrays.stream(values()).map(Format::label).toList()));
    }
  }

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Folder of a generator, or of a run that trained one.")
  private Path model = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "saved-model",
      description = "Format: saved-model, safetensors or onnx. Default: ${DEFAULT-VALUE}.")
  private String format = "";

  @Option(
      names = "--as",
      paramLabel = "NAMES",
      description =
          "Names and layouts of safetensors: pytorch, those that 'idem import' reads; for networks"
              + " of dcgan with batch normalisation. Default: idem's own.")
  private @Nullable String names;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description =
          "Folder for the SavedModel, empty or not there yet; otherwise a file, not there yet.")
  private Path out = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "INPUT",
      defaultValue = GenerativeObjective.NOISE,
      description =
          "Input that f is first applied to: z, noise, or x, images. Matters only for networks with"
              + " batch normalisation, and not for safetensors with idem's names, which hold the"
              + " statistics of both. Default: ${DEFAULT-VALUE}.")
  private String kind = GenerativeObjective.NOISE;

  @Option(
      names = "--iterations",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Times that f is applied in an ONNX file, 1 to "
              + DrawCommand.MOST_ITERATIONS
              + "; a SavedModel has iterate instead. Default: ${DEFAULT-VALUE}.")
  private int iterations = 1;

  @Inject
  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    Format chosen = Format.labelled(format);
    if (!KINDS.contains(kind)) {
      throw usage("--input (%s) must be one of %s", kind, KINDS);
    }
    if (names != null && (chosen != Format.SAFETENSORS || !names.equals(PYTORCH))) {
      throw usage(
          chosen == Format.SAFETENSORS
              ? "--as (%s) must be pytorch"
              : "--as (%s) is for --format safetensors",
          names);
    }
    if (chosen == Format.ONNX && !out.toString().endsWith(".onnx")) {
      throw usage("--out (%s) must end in .onnx for --format onnx", out);
    }
    if (iterations != 1 && chosen != Format.ONNX) {
      throw usage("--iterations (%s) is for --format onnx", iterations);
    }
    requireAtMost("--iterations", iterations, DrawCommand.MOST_ITERATIONS);
    GeneratorModel loaded = GeneratorModel.load(RunFolder.modelAt(model));
    switch (chosen) {
      case SAVED_MODEL -> savedModel(loaded);
      case ONNX -> onnx(loaded);
      case SAFETENSORS -> write(names == null ? own(loaded) : pyTorch(loaded));
    }
    say(out.toString());
    return ExitCode.OK;
  }

  private void savedModel(GeneratorModel loaded) throws IOException {
    if (loaded.state().kinds().isEmpty()) {
      SavedModelExport.write(loaded.network(), loaded.state(), out);
    } else {
      SavedModelExport.write(loaded.network(), loaded.state(), kind, out);
      sayStatistics();
    }
  }

  private void onnx(GeneratorModel loaded) throws IOException {
    requireNew();
    OnnxExport.write(loaded.network(), loaded.state(), kind, iterations, out);
    if (!loaded.state().kinds().isEmpty()) {
      sayStatistics();
    }
  }

  private static byte[] own(GeneratorModel loaded) {
    return StateTensors.content(loaded.network(), loaded.state());
  }

  private byte[] pyTorch(GeneratorModel loaded) {
    PyTorchDcgan dcgan =
        PyTorchDcgan.of(loaded.network())
            .orElseThrow(
                () ->
                    usage(
                        "--as pytorch is for dcgan with batch normalisation, not for %s; omit it for"
                            + " idem's names",
                        loaded.network().description()));
    sayStatistics();
    return dcgan.content(loaded.state(), kind);
  }

  private void sayStatistics() {
    print(
        "statistics of batch normalisation for %s (--input %s)",
        kind.equals(GenerativeObjective.NOISE) ? "noise" : "images", kind);
  }

  /** Writes a new file. */
  private void write(byte[] content) throws IOException {
    requireNew();
    Path file = out.toAbsolutePath().normalize();
    Path parent = file.getParent();
    SafeFiles.write(
        folder(parent == null ? file : parent).path(), String.valueOf(file.getFileName()), content);
  }

  private void requireNew() {
    if (Files.exists(out)) {
      throw usage("--out (%s) exists already; name another file", out);
    }
  }
}
