package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generators at their smallest, from the command line to the files: trained, saved, drawn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorCommandsIT {

  private static final List<String> MODEL_FILES =
      List.of("model.json", "noise.bin", "samples.png", "training.csv", "weights.bin");

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

  /** A model of digits and one of coloured pictures, which the tests read and never change. */
  @BeforeAll
  void train() throws IOException {
    Files.createDirectory(faces);
    for (int i = 0; i < 24; i++) {
      picture(faces.resolve(i + (i % 2 == 0 ? ".png" : ".JPG")), 20 + i, 30, i);
    }
    Files.writeString(faces.resolve("broken.png"), "text");
    done("train", "reconstruction+iterator", "--preset", "smoke", "--out", digits.toString());
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
            "spectral",
            "--normalization",
            "batch",
            "--out",
            colour.toString());
    assertThat(console.out())
        .contains("skipped    1 file, listed in " + colour.resolve("skipped.txt"))
        .contains("images of faces, [16, 16, 3] in [-1, 1], 22 to train on, 2 held out, 1 skipped")
        .contains("IGN, L1, weights 20.0 / 20.0 / 2.5, clamp ratio 1.5");
  }

  private static void picture(Path file, int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(40 * seed % 256, 70 * seed % 256, 200));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(seed % 7, 5, width / 2, height / 2);
    graphics.dispose();
    String format = file.toString().endsWith(".png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  private static Console done(String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    return console;
  }

  private static Console refused(int exitCode, String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err() + console.out()).isEqualTo(exitCode);
    assertThat(console.err().lines().count()).as(console.err()).isBetween(1L, 2L);
    assertThat(console.err()).startsWith("idem: ").doesNotContain("\tat ", "Exception", "null");
    return console;
  }

  private byte[] drawn(String... arguments) throws IOException {
    Path out = folder.resolve("drawn.png");
    Files.deleteIfExists(out);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--out", out.toString()))
            .toArray(String[]::new);
    Console console = done(all);
    assertThat(console.out()).contains(out.toString());
    assertThat(ImageIO.read(out.toFile())).isNotNull();
    return Files.readAllBytes(out);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void trainingLeavesAModelItsSamplesAndEveryTermOfEveryStep() throws IOException {
    assertThat(names(digits)).isEqualTo(MODEL_FILES);
    List<String> log = Files.readAllLines(digits.resolve("training.csv"));
    assertThat(log).hasSize(21);
    assertThat(log.get(0)).isEqualTo("step,reconstruction,idempotency,gradient norm");
    assertThat(log.get(20)).startsWith("19,");
    assertThat(Files.readAllLines(colour.resolve("training.csv")).get(0))
        .isEqualTo("step,reconstruction,idempotence,tightness,gradient norm");
    assertThat(colour.resolve("skipped.txt"))
        .hasContent("broken.png: is neither JPEG nor PNG, whatever its name\n");
    assertThat(digits.resolve("model.json"))
        .content()
        .contains("\"method\" : \"reconstruction+iterator\"", "\"preset\" : \"smoke\"")
        .contains("\"ended\" : \"completed\"", "idem train reconstruction+iterator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ign", "reconstruction+canonical", "reconstruction"})
  void everyMethodTrainsAndTheSameSeedGivesTheSameWeights(String method) throws IOException {
    Path first = folder.resolve(method + "-1");
    Path second = folder.resolve(method + "-2");
    for (Path out : List.of(first, second)) {
      done(
          "train",
          method,
          "--preset",
          "smoke",
          "--steps",
          "5",
          "--threads",
          "1",
          "--seed",
          "3",
          "--network",
          "mlp",
          "--noise",
          "white",
          "--out",
          out.toString());
    }
    for (String file : List.of("weights.bin", "noise.bin", "training.csv", "samples.png")) {
      assertThat(second.resolve(file)).hasBinaryContent(Files.readAllBytes(first.resolve(file)));
    }
  }

  @Test
  void aCopiedModelDrawsTheBytesOfTheFirst() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("far/away"));
    for (String name : MODEL_FILES) {
      Files.copy(digits.resolve(name), copy.resolve(name));
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

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
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
  void picturesOfOnesOwnAreProjectedWhateverTheirExtentIfTheyAreToBeFitted() throws IOException {
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
        .contains("wide.jpg) is 50 x 28 pixels, not 28 x 28; cut and scale it (--fit)");
    assertThat(refused(1, "project", "--model", model, "--in", folder.toString()).err())
        .contains("is no file");
    assertThat(
            refused(1, "project", "--model", model, "--in", digits + "/model.json", "--fit").err())
        .contains("is neither JPEG nor PNG");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "igm                                       | unknown method 'igm'; did you mean 'ign'?",
        "ign --preset smok                         | did you mean 'smoke'?",
        "ign --noise sepctral                      | did you mean 'spectral'?",
        "ign --network smal                        | did you mean 'small'?",
        "ign --normalization bach                  | did you mean 'batch'?",
        "ign --ign-preset ign-celebb               | did you mean 'ign-celeba'?",
        "ign --weight 1                            | --weight is no option of method ign",
        "ign --order 2                             | --order is no option of method ign",
        "reconstruction --weight 1                 | --weight is no option of method reconstruction",
        "reconstruction+canonical --step-cap 1     | --step-cap is no option",
        "reconstruction+canonical --clamp-ratio 1  | --clamp-ratio is no option",
        "reconstruction+iterator --weight -1       | --weight (-1.0) must be a positive number",
        "reconstruction+iterator --weight NaN      | --weight (NaN) must be a positive number",
        "reconstruction+iterator --order 0         | --order (0) must be positive",
        "reconstruction+iterator --order 99        | --order (99) must be from 1 to 10",
        "reconstruction+iterator --step-cap 0      | --step-cap (0.0) must be a positive number",
        "ign --tightness-weight -1                 | --tightness-weight (-1.0) must be a positive",
        "ign --reconstruction-weight 0             | --reconstruction-weight (0.0) must be",
        "ign --idempotence-weight x                | Invalid value for option",
        "ign --clamp-ratio -1                      | --clamp-ratio (-1.0) must be a positive number",
        "ign --steps 0                             | --steps (0) must be positive",
        "ign --batch -3                            | --batch (-3) must be positive",
        "ign --rate Infinity                       | --rate (Infinity) must be a positive number",
        "ign --threads 0                           | --threads (0) must be positive",
        "ign --data mnits                          | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "ign --data images:                        | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "ign --grey                                | --grey is for images:DIR",
        "ign --size 32                             | --size is for images:DIR",
        "ign --data images:x --size 7              | --size (7) must be from 8 to 512",
        "ign --data images:x --size 30             | multiples of 4, not [30, 30, 3]",
        "ign --data images:x --network dcgan --size 32 | choose small or medium",
        "ign --preset paper --data images:x --size 32  | choose small or medium",
      })
  void mistakesInTrainingAreToldBeforeThereIsAFolder(String line, String answer) {
    Path out = folder.resolve("never");
    String[] words = ("train " + line.trim()).split(" +");
    Console console = refused(2, with(words, "--out", out.toString()));
    assertThat(console.err()).contains(answer.trim());
    assertThat(console.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void dataThatAreNotThereOrTooFewAreNamedBeforeThereIsAFolder() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path one = Files.createDirectories(folder.resolve("one"));
    picture(one.resolve("a.png"), 16, 16, 1);
    Path out = folder.resolve("never");
    for (String[] bad :
        new String[][] {
          {"images:" + empty, "holds no JPEG or PNG pictures that can be used; at least 4"},
          {"images:" + one, "holds 1 JPEG or PNG picture that can be used; at least 4"},
          {"images:" + folder.resolve("none"), "is not there; name a folder"},
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
    byte[] before = Files.readAllBytes(digits.resolve("weights.bin"));
    assertThat(refused(2, "train", "ign", "--out", digits.toString()).err())
        .contains("--out (" + digits + ") holds a model already; name another folder");
    assertThat(digits.resolve("weights.bin")).hasBinaryContent(before);
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
        "generate --n 4096 --iterations 100  | make too large a picture",
        "generate --out grid.jpg             | must be a file whose name ends in .png",
        "generate --out .                    | must be a file whose name ends in .png",
        "generate --seed x                   | Invalid value for option '--seed'",
        "generate --device gpu:15            | device (gpu:15) is not there",
        "project                             | name pictures by --in, or choose --degrade",
        "project --degrade nois              | did you mean 'noise'?",
        "project --degrade grey              | is for coloured images",
        "project --degrade noise --in a.png  | --in is for pictures of your own",
        "project --degrade noise --fit       | --fit is for pictures of your own",
        "project --degrade noise --n 0       | --n (0) must be positive",
        "project --degrade noise --n 257     | --n (257) must be from 1 to 256",
        "project --degrade noise --data mnit | must be mnist, mnist:DIR, fetched:NAME or images:DIR",
        "project --in a.png --n 3            | --n is for images to --degrade",
        "project --in a.png --data mnist     | --data is for images to --degrade",
        "project --in a.png --iterations 0   | --iterations (0) must be positive",
        "interpolate --steps 1               | --steps (1) must be from 2 to 256",
        "interpolate --ways 0                | --ways (0) must be positive",
        "interpolate --ways 256 --steps 256  | make too large a picture",
      })
  void mistakesInDrawingAreTold(String line, String answer) {
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
                    "--data",
                    "images:" + faces)
                .err())
        .contains("--n (12) must be from 1 to 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "interpolate", "project --degrade mask"})
  void aModelThatIsMissingEmptyOrDamagedIsNamed(String command) throws IOException {
    String[] words = command.split(" ");
    Path model = folder.resolve("damaged");
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("model folder (" + model + "): is not there");
    Files.createDirectories(model);
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("model.json is missing");
    for (String name : MODEL_FILES) {
      Files.copy(digits.resolve(name), model.resolve(name));
    }
    byte[] weights = Files.readAllBytes(model.resolve("weights.bin"));
    Files.write(model.resolve("weights.bin"), Arrays.copyOf(weights, weights.length / 2));
    assertThat(refused(1, with(words, "--model", model.toString())).err())
        .contains("weights.bin has");
    assertThat(refused(2, with(words, "--model=")).err()).contains("--model ('') must name");
    for (String name : MODEL_FILES) {
      Files.delete(model.resolve(name));
    }
    Files.delete(model);
  }

  @Test
  void aRunThatDivergesSaysWhereAndLeavesItsLogButNoModel() throws IOException {
    Path out = folder.resolve("diverged");
    Console console =
        refused(
            1,
            "train",
            "reconstruction+iterator",
            "--preset",
            "smoke",
            "--rate",
            "1e6",
            "--out",
            out.toString());
    assertThat(console.err()).contains("diverged at step ", "lower the learning rate");
    assertThat(names(out)).containsExactly("training.csv");
    List<String> log = Files.readAllLines(out.resolve("training.csv"));
    assertThat(log).hasSizeGreaterThanOrEqualTo(2);
    assertThat(log).allMatch(line -> line.split(",", -1).length == 4);
    // The folder holds no model, so that a gentler run may take its place.
    done("train", "reconstruction", "--preset", "smoke", "--steps", "1", "--out", out.toString());
    // Diverged by the last step, after which no loss is computed that could tell.
    Path late = folder.resolve("late");
    Console last =
        refused(
            1,
            "train",
            "reconstruction",
            "--preset",
            "smoke",
            "--steps",
            "1",
            "--rate",
            "1e38",
            "--out",
            late.toString());
    assertThat(last.err()).contains("cannot be drawn: f has diverged");
    assertThat(names(late)).containsExactly("training.csv");
  }

  @Test
  void aGeneratorThatCollapsesIsWarnedOfAndStoppedWhenAskedFor() throws IOException {
    String[] collapsing = {
      "train",
      "reconstruction+iterator",
      "--preset",
      "smoke",
      "--steps",
      "144",
      "--batch",
      "8",
      "--weight",
      "1000"
    };
    Path warned = folder.resolve("warned");
    Console goesOn = done(with(collapsing, "--out", warned.toString()));
    assertThat(goesOn.out())
        .contains("warning at step 108: collapse: effective rank of f(z)")
        .contains("completed after 144 steps");
    Path stopped = folder.resolve("stopped");
    Console stops = done(with(collapsing, "--stop-on-collapse", "--out", stopped.toString()));
    assertThat(stops.out())
        .contains("warning at step 108: collapse:")
        .contains("that of real samples after 120 steps; model: " + stopped);
    assertThat(Files.readAllLines(stopped.resolve("training.csv"))).hasSize(121);
    assertThat(stopped.resolve("model.json")).content().contains("\"ended\" : \"collapse: ");
    assertThat(drawn("generate", "--n", "4", "--model", stopped.toString())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ign", "reconstruction+iterator"})
  void thePaperPresetsTrainOnDigitsAndOnColouredPictures(String method) throws IOException {
    for (String data : List.of("mnist", "images:" + faces)) {
      Path out = folder.resolve("paper-" + method + data.charAt(0));
      Console console =
          done(
              "train",
              method,
              "--preset",
              "paper",
              "--data",
              data,
              "--steps",
              "2",
              "--batch",
              "4",
              "--out",
              out.toString());
      assertThat(console.out())
          .contains(data.equals("mnist") ? "2,953,985" : "13,905,923", "batch normalisation")
          .contains("rate 1.0E-4, Adam[beta1=0.5, beta2=0.999")
          .contains("completed after 2 steps");
      assertThat(drawn("generate", "--n", "4", "--model", out.toString())).isNotEmpty();
    }
  }
}
