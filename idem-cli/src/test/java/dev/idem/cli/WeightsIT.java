package dev.idem.cli;

import static dev.idem.cli.GeneratorCommands.done;
import static dev.idem.cli.GeneratorCommands.drawn;
import static dev.idem.cli.GeneratorCommands.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.PyTorchDcgan;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights from PyTorch's names to a model that draws, and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightsIT {

  private final Path folder;
  private final Path weights;
  private final Path model;
  private String table = "";

  WeightsIT(@TempDir Path temporary) {
    folder = temporary;
    weights = temporary.resolve("pytorch.safetensors");
    model = temporary.resolve("model");
  }

  @BeforeAll
  void importWeights() throws IOException {
    PyTorchDcgan dcgan = PyTorchDcgan.DCGAN28;
    Map<String, double[]> parameters = InitialParameters.of(dcgan.network(), 1);
    Map<String, ChannelStatistics> places = new LinkedHashMap<>();
    dcgan
        .network()
        .statistics()
        .forEach(place -> places.put(place.name(), ChannelStatistics.initial(place.channels())));
    NetworkState state = new NetworkState(parameters, Map.of("x", places));
    Files.write(weights, dcgan.content(state, "x"));
    table = imported(weights, model);
  }

  private static String imported(Path weights, Path model) {
    return done("import", "--weights", weights + "", "--as", "dcgan28", "--out", model + "").out();
  }

  private Path exported(String name, String... options) {
    Path out = folder.resolve(name);
    String[] command = {"export", "--model", model + "", "--out", out + ""};
    done(GeneratorCommands.with(command, options));
    return out;
  }

  @Test
  void theTableSaysWhatBecameOfEachTensor() {
    assertThat(table)
        .containsPattern(
            "deconv.1.kernel +\\[3, 3, 128, 256] +decoder.model.3.weight +\\[256, 128, 3, 3] +transposed\n")
        .containsPattern("conv.0.bias +\\[64] +- +- +zero\n")
        .containsPattern(
            "conv.1.normalization.shift +\\[128] +encoder.model.3.bias +\\[128] +copied")
        .contains("noise      white noise, [28, 28, 1]", "model      " + model);
  }

  @Test
  void theModelDrawsAndKnowsWhereItIsFrom() throws IOException {
    assertThat(drawn(folder, "generate", "--model", model.toString(), "--n", "4")).isNotEmpty();
    assertThat(model.resolve("model.json"))
        .content()
        .contains("\"imported from\" : \"pytorch.safetensors\"", "\"imported sha256\"");
  }

  @Test
  void importingAnExportGivesTheSameBytes() {
    Path back =
        exported("back.safetensors", "--format", "safetensors", "--as", "pytorch", "--input", "x");
    assertThat(back).hasSameBinaryContentAs(weights);
    Path again = folder.resolve("again");
    imported(back, again);
    for (String name : new String[] {GeneratorModel.WEIGHTS, GeneratorModel.NOISE}) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(model.resolve(name));
    }
  }

  @Test
  void anExportWithIdemsNamesIsTheFileOfTheModel() {
    assertThat(exported("own.safetensors", "--format", "safetensors"))
        .hasSameBinaryContentAs(model.resolve(GeneratorModel.WEIGHTS));
    assertThat(exported("saved").resolve("saved_model.pb")).isNotEmptyFile();
  }

  /** {@code OnnxExportTest} computes with such files. */
  @Test
  void anOnnxFileHoldsTheParametersOnceHoweverOftenFIsApplied() throws IOException {
    long once = Files.size(exported("once.onnx", "--format", "onnx"));
    assertThat(Files.size(exported("twice.onnx", "--format", "onnx", "--iterations", "2")))
        .isBetween(once + 100, once + once / 10);
  }

  @Test
  void noiseIsEstimatedFromImagesIfTheyAreNamed() throws IOException {
    String digits = GeneratorCommands.fewDigits(folder.resolve("digits"));
    String out = folder.resolve("spectral").toString();
    done(
        "import",
        "--weights",
        weights.toString(),
        "--as",
        "dcgan28",
        "--noise",
        "spectral",
        "--data",
        digits,
        "--out",
        out);
    assertThat(GeneratorModel.load(Path.of(out)).noise().kind()).isEqualTo(NoiseKind.SPECTRAL);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | import --weights W --as dcgan29 --out NEW | --as (dcgan29) must be dcgan64 or dcgan28; did"
            + " you mean 'dcgan28'?",
        "1 | import --weights W --as dcgan64 --out NEW | tensors are not those of dcgan64 but of dcgan28",
        "2 | import --weights W --as dcgan28 --out MODEL | holds a model already; name another folder",
        "1 | import --weights none --as dcgan28 --out NEW | none: no such file or folder",
        "1 | import --weights MODEL --as dcgan28 --out NEW | is a folder; name a file of safetensors",
        "1 | import --weights MODEL/model.json --as dcgan28 --out NEW | not a file in the safetensors",
        "2 | import --weights W --as dcgan28 --noise withe --out NEW | did you mean 'white'?",
        "2 | import --weights W --as dcgan28 --noise spectral --out NEW | estimated from images; name them",
        "2 | import --weights W --as dcgan28 --data mnist --out NEW | --data is for --noise spectral or",
        "2 | export --model MODEL --format savedmodel --out NEW | --format (savedmodel) must be"
            + " saved-model, safetensors or onnx; did you mean 'saved-model'?",
        "2 | export --model MODEL --as pytorch --out NEW | --as (pytorch) is for --format safetensors",
        "2 | export --model MODEL --format safetensors --as torch --out NEW | --as (torch) must be pytorch",
        "2 | export --model MODEL --iterations 2 --out NEW | --iterations (2) is for --format onnx",
        "2 | export --model MODEL --format onnx --iterations 0 --out NEW.onnx | --iterations (0) must be"
            + " positive",
        "2 | export --model MODEL --format onnx --iterations 1000 --out NEW.onnx | --iterations (1000)"
            + " must be from 1 to 100",
        "2 | export --model MODEL --format safetensors --out W | exists already; name another file",
      })
  void mistakesAreNamedAndNothingIsWritten(int exitCode, String line, String answer) {
    Path out = folder.resolve("never");
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] =
          words[i]
              .replaceAll("^W$", weights.toString())
              .replaceAll("^NEW", out.toString())
              .replaceAll("^MODEL", model.toString());
    }
    assertThat(refused(exitCode, words).err()).contains(answer);
    assertThat(out).doesNotExist();
  }

  @Test
  void onlyTheNetworkThatPyTorchHasIsExportedWithItsNames() throws IOException {
    String small = folder.resolve("small").toString();
    done("train", "reconstruction", "--preset=smoke", "--steps=1", "--noise=white", "--out", small);
    Path out = folder.resolve("never");
    assertThat(
            refused(
                    2,
                    "export",
                    "--model",
                    small,
                    "--format",
                    "safetensors",
                    "--as",
                    "pytorch",
                    "--out",
                    out.toString())
                .err())
        .contains("--as pytorch is for dcgan with batch normalisation, not for conv autoencoder");
    assertThat(out).doesNotExist();
  }
}
