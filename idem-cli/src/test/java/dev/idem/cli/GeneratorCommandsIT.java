package dev.idem.cli;

import static dev.idem.cli.GeneratorCommands.done;
import static dev.idem.cli.GeneratorCommands.faces;
import static dev.idem.cli.GeneratorCommands.names;
import static dev.idem.cli.GeneratorCommands.picture;
import static dev.idem.cli.GeneratorCommands.refused;
import static dev.idem.cli.GeneratorCommands.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Generators at their smallest, from the command line to the files: trained, saved, drawn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorCommandsIT {

  private static final List<String> MODEL_FILES =
      List.of("model.json", "noise.safetensors", "weights.safetensors");

  private final Path folder;
  private final Path digits;
  private final Path faces;
  private final Path colour;

  GeneratorCommandsIT(@TempDir Path temporary) {
    folder = temporary;
    digits = temporary.resolve("digits");
    faces = temporary.resolve("faces");
    colour = temporary.resolve("colour");
  }

  /**
   * A model of digits and one of coloured pictures, which the tests read and never change. The
   * noise with a covariance is that of the few pictures: of all digits it takes seconds.
   */
  @BeforeAll
  void train() throws IOException {
    faces(faces);
    done(
        "train",
        "reconstruction+substituted",
        "--preset",
        "smoke",
        "--noise",
        "spectral",
        "--out",
        digits.toString());
    Console console =
        done(
            "train",
            "ign",
            "--preset",
            "smoke",
            "--data",
            "images:" + faces,
            "--size",
            "16",
            "--batch",
            "6",
            "--noise",
            "covariance",
            "--normalization",
            "batch",
            "--set",
            "run.listeners=csv,tensorboard",
            "--out",
            colour.toString());
    assertThat(console.out())
        .contains("skipped    1 image, listed in " + colour.resolve("skipped.txt"))
        .contains("images of faces, [16, 16, 3] in [-1, 1], 22 to train on, 2 held out, 1 skipped")
        .contains("IGN, L1, weights 20.0 / 20.0 / 2.5, clamp ratio 1.5");
  }

  private byte[] drawn(String... arguments) throws IOException {
    return GeneratorCommands.drawn(folder, arguments);
  }

  @Test
  void trainingLeavesAModelItsSamplesAndEveryTermOfEveryStep() throws IOException {
    assertThat(names(digits))
        .contains("checkpoints", "experiment.yaml", "metrics.csv", "provenance.json", "result.json")
        .contains("run.log", "samples.png", "steps.csv");
    assertThat(names(digits.resolve("model"))).isEqualTo(MODEL_FILES);
    List<String> log = Files.readAllLines(digits.resolve("steps.csv"));
    assertThat(log).hasSize(21);
    assertThat(log.get(0)).startsWith("step,reconstruction,idempotency,gradient norm");
    assertThat(log.get(20)).startsWith("19,");
    assertThat(Files.readAllLines(colour.resolve("steps.csv")).get(0))
        .startsWith("step,reconstruction,idempotence,tightness,gradient norm");
    assertThat(colour.resolve("skipped.txt"))
        .hasContent("broken.png: is neither JPEG nor PNG, whatever its name\n");
    assertThat(digits.resolve("model/model.json"))
        .content()
        .contains("\"method\" : \"reconstruction+substituted\"", "\"preset\" : \"smoke\"")
        .contains("\"ended\" : \"completed\"", "idem train reconstruction+substituted");
  }

  /** Rows of eight images, their label, their gaps: what a person looks at in TensorBoard. */
  @Test
  void tensorBoardHasPicturesOfTheSameNoiseAndTheSameImagesAtEachEvaluation() throws IOException {
    for (String tag : List.of("image/samples", "image/projections")) {
      Map<Long, BufferedImage> pictures = new TreeMap<>();
      for (Event event : EventFile.read(colour.resolve("tensorboard"))) {
        for (Summary.Value value : event.getSummary().getValueList()) {
          if (value.getTag().equals(tag)) {
            byte[] png = value.getImage().getEncodedImageString().toByteArray();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(picture.getWidth()).isEqualTo(value.getImage().getWidth());
            assertThat(picture.getHeight()).isEqualTo(value.getImage().getHeight());
            pictures.put(event.getStep(), picture);
          }
        }
      }
      assertThat(pictures).hasSize(21).containsKeys(0L, 20L);
      BufferedImage first = pictures.get(0L);
      BufferedImage last = pictures.get(20L);
      // Two held-out images in the projections' rows, eight noises in the samples', 48 pixels each.
      int columns = tag.endsWith("samples") ? 8 : 2;
      int rows = tag.endsWith("samples") ? 3 : 5;
      assertThat(first.getWidth()).isGreaterThan(48 * columns);
      assertThat(first.getHeight()).isBetween(48 * rows, 90 * rows);
      assertThat(colours(first)).hasSizeGreaterThan(50);
      int row = first.getHeight() / rows;
      assertThat(pixels(last, 0, row - 12)).isEqualTo(pixels(first, 0, row - 12));
      assertThat(pixels(last, row, first.getHeight()))
          .isNotEqualTo(pixels(first, row, first.getHeight()));
    }
  }

  private static int[] pixels(BufferedImage image, int from, int to) {
    return image.getRGB(0, from, image.getWidth(), to - from, null, 0, image.getWidth());
  }

  private static Set<Integer> colours(BufferedImage image) {
    return Arrays.stream(pixels(image, 0, image.getHeight())).boxed().collect(Collectors.toSet());
  }

  @Test
  void aModelIsExportedAsAnOnnxFile() throws IOException {
    Path file = folder.resolve("exported").resolve("f.onnx");
    Console console =
        done("export", "--model", colour.toString(), "--format", "onnx", "--out", file.toString());
    assertThat(console.out())
        .contains("statistics of batch normalisation for noise (--input z)", file.toString());
    assertThat(names(file.getParent())).containsExactly("f.onnx");
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void theNetworkOfAModelIsSummed() throws IOException {
    for (Path model : List.of(colour, colour.resolve("model"))) {
      assertThat(done("summary", "--model", model.toString()).out())
          .contains("input    [batch, 16, 16, 3]", "conv.1.normalization");
    }
  }

  @Test
  void aCopiedModelDrawsTheBytesOfTheFirst() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("far/away"));
    for (String name : MODEL_FILES) {
      Files.copy(digits.resolve("model").resolve(name), copy.resolve(name));
    }
    for (String[] command :
        new String[][] {
          {"generate", "--n", "10", "--seed", "4"},
          {"project", "--degrade", "noise", "--seed", "4"},
          {"interpolate", "--ways", "2", "--seed", "4"}
        }) {
      byte[] before = drawn(with(command, "--model", digits.toString()));
      assertThat(drawn(with(command, "--model", copy.toString()))).isEqualTo(before);
      command[command.length - 1] = "5";
      assertThat(drawn(with(command, "--model", copy.toString()))).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,2", "64,3", "9,12"})
  void anyNumberOfSamplesAndIterationsIsDrawn(String n, String iterations) throws IOException {
    assertThat(
            drawn("generate", "--model", digits.toString(), "--n", n, "--iterations", iterations))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "sketch", "mask", "grey"})
  void degradedPicturesOfAFolderAreProjected(String kind) throws IOException {
    String model = colour.toString();
    assertThat(
            drawn(
                "project",
                "--model",
                model,
                "--degrade",
                kind,
                "--data",
                "images:" + faces,
                "--n",
                "2"))
        .isNotEmpty();
  }

  @Test
  void ownImagesOfAnySizeAreProjectedIfTheyAreToBeFitted() throws IOException {
    Path exact = folder.resolve("exact.png");
    picture(exact, 28, 28, 3);
    Path wide = folder.resolve("wide.jpg");
    picture(wide, 50, 28, 4);
    String model = digits.toString();
    assertThat(drawn("project", "--model", model, "--in", exact.toString())).isNotEmpty();
    assertThat(
            drawn(
                "project",
                "--model",
                model,
                "--fit",
                "--in",
                exact.toString(),
                "--in",
                wide.toString()))
        .isNotEmpty();
    assertThat(refused(1, "project", "--model", model, "--in", wide.toString()).err())
        .contains("wide.jpg) is 50 x 28 pixels, not 28 x 28; crop and scale it (--fit)");
    assertThat(refused(1, "project", "--model", model, "--in", folder.toString()).err())
        .contains("is not a file");
    assertThat(
            refused(1, "project", "--model", model, "--in", digits + "/model/model.json", "--fit")
                .err())
        .contains("is neither JPEG nor PNG");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "igm                                       | METHOD: unknown method 'igm'; did you mean 'ign'?",
        "ign --preset smok                         | --preset: unknown preset 'smok'; did you mean 'smoke'?",
        "ign --noise sepctral                      | did you mean 'spectral'?",
        "ign --network smal                        | did you mean 'small'?",
        "ign --normalization bach                  | did you mean 'batch'?",
        "ign --ign-preset ign-celebb               | did you mean 'ign-celeba'?",
        "ign --weight 1                            | --weight: strategy.weight is for",
        "ign --order 2                             | --order: strategy.order is for",
        "reconstruction --weight 1                 | --weight: strategy.weight is for",
        "reconstruction+canonical --step-cap 1     | --step-cap: strategy.stepCap is for",
        "reconstruction+canonical --clamp-ratio 1  | --clamp-ratio: strategy.clampRatio is for method ign",
        "reconstruction+substituted --weight -1       | --weight: strategy.weight (-1) must be",
        "reconstruction+substituted --weight NaN      | --weight: strategy.weight ('NaN') must be a number",
        "reconstruction+substituted --order 0         | --order: strategy.order (0) must be",
        "reconstruction+substituted --order 99        | --order: strategy.order (99) must be",
        "reconstruction+substituted --step-cap 0      | --step-cap: strategy.stepCap (0) must be",
        "ign --tightness-weight -1                 | --tightness-weight: strategy.tightnessWeight (-1) must",
        "ign --reconstruction-weight 0             | --reconstruction-weight: strategy.reconstructionWeight (0)",
        "ign --idempotence-weight x                | --idempotence-weight: strategy.idempotenceWeight ('x')",
        "ign --clamp-ratio -1                      | --clamp-ratio: strategy.clampRatio (-1) must",
        "ign --steps 0                             | --steps: plan.steps (0) must be",
        "ign --batch -3                            | --batch: plan.batchSize (-3) must be",
        "ign --rate Infinity                       | --rate: plan.learningRate ('Infinity') must be a number",
        "ign --threads 0                           | --threads: engine.threads (0) must be",
        "ign --device gpus                         | --device: engine.device",
        "ign --seed x                              | --seed: seeds ('x') must be a whole number",
        "ign --set plan.stepz=3                    | did you mean 'plan.steps'?",
        "ign --data mnits                          | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "ign --data images:                        | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "ign --grey                                | --grey: data.grey is for data.source images:DIR",
        "ign --size 32                             | --size: data.size is for data.source images:DIR",
        "ign --data images:x --size 7              | --size: data.size (7) must be",
        "ign --data images:x --size 30             | multiples of 4, not [30, 30, 3]",
        "ign --data images:x --network dcgan --size 32 | choose small or medium",
        "ign --preset paper --data images:x --size 32  | choose small or medium",
      })
  void errorsInTrainingAreReportedBeforeThereIsAFolder(String line, String answer) {
    Path out = folder.resolve("never");
    String[] words = ("train " + line.trim()).split(" +");
    Console console = refused(2, with(words, "--out", out.toString()));
    assertThat(console.err()).contains(answer.trim());
    assertThat(console.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void withNothingToTrainOrToResumeItSaysWhatToName() {
    assertThat(refused(2, "train").err()).contains("name a METHOD, or --resume DIR");
    assertThat(refused(2, "train", "ign", "--resume", digits.toString()).err())
        .contains("--resume takes everything from the run's folder");
    assertThat(refused(2, "train", "ign", "-v", "-q", "--out", "x").err())
        .contains("--verbose and --quiet exclude one another");
  }

  @Test
  void theOptionsAreAnExperimentFileThatRunTakes() throws IOException {
    String[] asked = {"train", "ign", "--preset", "paper", "--batch", "32", "--seed", "4"};
    String printed = done(with(asked, "--print-config")).out();
    assertThat(printed)
        .containsPattern("method: ign +# METHOD")
        .containsPattern("batchSize: 32 +# --batch")
        .containsPattern("epochs: 100 +# presets/paper.yaml");
    Path file = Files.writeString(folder.resolve("printed.yaml"), printed);
    String read = done("run", file.toString(), "--print-config").out();
    assertThat(withoutOrigins(read)).isEqualTo(withoutOrigins(printed));
  }

  private static List<String> withoutOrigins(String config) {
    return config.lines().map(line -> line.replaceFirst(" *#.*", "")).toList();
  }

  @Test
  void dataThatAreNotThereOrTooFewAreNamedBeforeThereIsAFolder() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path one = Files.createDirectories(folder.resolve("one"));
    picture(one.resolve("a.png"), 16, 16, 1);
    Path out = folder.resolve("never");
    for (String[] bad :
        new String[][] {
          {"images:" + empty, "holds no JPEG or PNG images that can be used; at least 4"},
          {"images:" + one, "holds 1 JPEG or PNG image that can be used; at least 4"},
          {"images:" + folder.resolve("none"), "does not exist; name a folder"},
          {"images:" + one.resolve("a.png"), "is a file; name a folder"},
          {"mnist:" + empty, "put the four files of MNIST into this directory"}
        }) {
      assertThat(refused(1, "train", "ign", "--data", bad[0], "--out", out.toString()).err())
          .contains(bad[1]);
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void aFolderThatHoldsAModelIsLeftAsItIs() throws IOException {
    Path model = digits.resolve("model");
    byte[] before = Files.readAllBytes(model.resolve("weights.safetensors"));
    assertThat(refused(2, "train", "ign", "--out", digits.toString()).err())
        .contains(digits + " already holds a run; resume it with --resume");
    assertThat(refused(2, "train", "ign", "--out", model.toString()).err())
        .contains(model + " holds a model already; name another folder");
    assertThat(model.resolve("weights.safetensors")).hasBinaryContent(before);
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThat(refused(2, "train", "ign", "--out", file.toString()).err()).contains("is a file");
    assertThat(file).hasContent("kept");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "generate --n 0                      | --n (0) must be positive",
        "generate --n 5000                   | --n (5000) must be from 1 to 4096",
        "generate --iterations 0             | --iterations (0) must be positive",
        "generate --n 4096 --iterations 100  | make too large an image",
        "generate --out grid.jpg             | must be a file whose name ends in .png",
        "generate --out .                    | must be a file whose name ends in .png",
        "generate --seed x                   | Invalid value for option '--seed'",
        "generate --device gpu:15            | device (gpu:15) does not exist",
        "project                             | name images with --in, or choose --degrade",
        "project --degrade nois              | did you mean 'noise'?",
        "project --degrade grey              | is for coloured images",
        "project --degrade noise --in a.png  | --in is for images of your own",
        "project --degrade noise --fit       | --fit is for images of your own",
        "project --degrade noise --n 0       | --n (0) must be positive",
        "project --degrade noise --n 257     | --n (257) must be from 1 to 256",
        "project --degrade noise --data mnit | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "project --in a.png --n 3            | --n is for images to --degrade",
        "project --in a.png --out ./a.png    | --out (a.png) would replace an image of --in",
        "project --in a.png --data mnist     | --data is for images to --degrade",
        "project --in a.png --iterations 0   | --iterations (0) must be positive",
        "interpolate --steps 1               | --steps (1) must be from 2 to 256",
        "interpolate --ways 0                | --ways (0) must be positive",
        "interpolate --ways 256 --steps 256  | make too large an image",
      })
  void errorsInDrawingAreReported(String line, String answer) {
    String[] words = with(line.trim().split(" +"), "--model", digits.toString());
    if (!line.contains("--out")) {
      words = with(words, "--out", folder.resolve("never.png").toString());
    }
    assertThat(refused(2, words).err()).contains(answer.trim());
    assertThat(folder.resolve("never.png")).doesNotExist();
  }

  @Test
  void dataOfAnotherShapeThanTheModelsAreNotDegraded() {
    assertThat(
            refused(
                    2,
                    "project",
                    "--model",
                    colour.toString(),
                    "--degrade",
                    "noise",
                    "--data",
                    "mnist")
                .err())
        .contains("--data (mnist) has images of shape [28, 28, 1], the model is for [16, 16, 3]");
    assertThat(
            refused(
                    2,
                    "project",
                    "--model",
                    colour.toString(),
                    "--degrade",
                    "noise",
                    "--n",
                    "3",
                    "--data",
                    "images:" + faces)
                .err())
        .contains("--n (3) must be from 1 to 2");
  }

  @Test
  void withoutDataTheImagesAreThoseThatTheModelWasTrainedOn() throws IOException {
    String[] project = {"project", "--degrade", "mask", "--model", colour.toString()};
    assertThat(drawn(project)).isEqualTo(drawn(with(project, "--data", "images:" + faces)));
    Console again = done(with(project, "--out", folder.resolve("drawn.png").toString()));
    assertThat(again.out())
        .contains("data       images of faces, [16, 16, 3] in [-1, 1], 22 to train on")
        .contains("degraded   a square of 40 % of the shorter side masked, seed 1")
        .contains("drawn.png, replacing the existing file");
    assertThat(colour.resolve("model/model.json"))
        .content()
        .contains("\"data source\" : \"images:" + faces + "\"");

    // Of a model that was written before models recorded their data, nothing is assumed.
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    for (String name : MODEL_FILES) {
      Files.copy(colour.resolve("model").resolve(name), foreign.resolve(name));
    }
    Path card = foreign.resolve("model.json");
    Files.writeString(card, Files.readString(card).replace("\"data sha256\"", "\"other\""));
    project[project.length - 1] = foreign.toString();
    assertThat(refused(2, project).err())
        .contains("the model does not record what it was trained on; name images by --data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "interpolate", "project --degrade mask"})
  void aModelThatIsMissingEmptyOrDamagedIsNamed(String command) throws IOException {
    String[] words = command.split(" ");
    Path model = folder.resolve("damaged");
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("model folder (" + model + "): does not exist");
    Files.createDirectories(model);
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("model.json is missing");
    for (String name : MODEL_FILES) {
      Files.copy(digits.resolve("model").resolve(name), model.resolve(name));
    }
    byte[] weights = Files.readAllBytes(model.resolve("weights.safetensors"));
    Files.write(model.resolve("weights.safetensors"), Arrays.copyOf(weights, weights.length / 2));
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("weights.safetensors has");
    assertThat(refused(2, with(words, "--model=")).err()).contains("--model ('') must name");
    for (String name : MODEL_FILES) {
      Files.delete(model.resolve(name));
    }
    Files.delete(model);
  }
}
