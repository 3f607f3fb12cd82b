package dev.idem.cli.command;

import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.runs.RunFolder;
import dev.idem.tf.engine.SavedModelExport;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Exports a generator for any program that runs TensorFlow. */
@Command(
    name = "export",
    description = {
      "Write a generator as a TensorFlow SavedModel, which does not depend on idem.",
      "Signatures: apply (x: [batch, h, w, c] to y = f(x)) and iterate (x and k, an int32 scalar,"
          + " to y = f applied k times). The run of a map already has one, in saved-model."
    })
final class ExportCommand extends Subcommand {

  private static final List<String> KINDS =
      List.of(GenerativeObjective.NOISE, GenerativeObjective.DATA);

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Folder of a generator, or of a run that trained one.")
  private Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the SavedModel; must be empty or not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--input",
      defaultValue = GenerativeObjective.NOISE,
      description =
          "Input that f is first applied to: z, noise, or x, images. Matters only for networks with"
              + " batch normalisation. Default: ${DEFAULT-VALUE}.")
  private String kind = GenerativeObjective.NOISE;

  @Inject
  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!KINDS.contains(kind)) {
      throw usage("--input (%s) must be one of %s", kind, KINDS);
    }
    GeneratorModel loaded = GeneratorModel.load(RunFolder.modelAt(model));
    if (loaded.state().kinds().isEmpty()) {
      SavedModelExport.write(loaded.network(), loaded.state(), out);
    } else {
      SavedModelExport.write(loaded.network(), loaded.state(), kind, out);
      print(
          "statistics of batch normalisation for %s (--input %s)",
          kind.equals(GenerativeObjective.NOISE) ? "noise" : "images", kind);
    }
    say(out.toString());
    return ExitCode.OK;
  }
}
