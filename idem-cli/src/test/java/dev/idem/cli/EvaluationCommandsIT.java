package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Evaluations of small models and functions, from the command line to the files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationCommandsIT {

  private static final String QUICK = "idempotency,frechet,classes,restoration";

  private final Path folder;
  private final Path model;
  private final Path half;
  private final Path first;

  EvaluationCommandsIT(@TempDir Path temporary) {
    folder = temporary;
    model = temporary.resolve("model");
    half = temporary.resolve("half");
    first = temporary.resolve("first");
  }

  @BeforeAll
  void prepare() throws IOException {
    done(
        "train",
        "reconstruction",
        "--preset",
        "smoke",
        "--steps",
        "5",
        "--network",
        "mlp",
        "--noise",
        "white",
        "--out",
        model.toString());
    function(half, (tf, x) -> tf.math.mul(x, tf.constant(0.5f)));
    Console console = evaluated(first, "--metrics", QUICK);
    assertThat(console.out())
        .contains("generator  model (SHA-256", "samples    80, seed 1", "z (control)", "f^3(z)")
        .contains("verdict", "class entropy", "label kept", "evaluation " + first);
  }

  private Console evaluated(Path out, String... more) {
    return done(arguments(out, more));
  }

  private String[] arguments(Path out, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                model.toString(),
                "--samples",
                "80",
                "--threads",
                "1",
                "--out",
                out.toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static void function(Path folder, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> f)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 784)));
      Signature signature =
          Signature.builder("serving_default").input("x", x).output("y", f.apply(tf, x)).build();
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    }
  }

  private static Console done(String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    return console;
  }

  private static String refused(int exitCode, String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err() + console.out()).isEqualTo(exitCode);
    assertThat(console.err().lines().count()).as(console.err()).isBetween(1L, 2L);
    assertThat(console.err()).startsWith("idem: ").doesNotContain("\tat ", "Exception", "null");
    return console.err();
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
    return to;
  }

  @Test
  void theSameSeedGivesTheSameBytesOfEveryFile() throws IOException {
    Path second = folder.resolve("second");
    evaluated(second, "--metrics", QUICK);
    try (Stream<Path> files = Files.list(first)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(13);
      for (Path file : all) {
        if (!file.endsWith("index.html")) {
          assertThat(second.resolve(String.valueOf(file.getFileName())))
              .hasBinaryContent(Files.readAllBytes(file));
        }
      }
    }
    assertThat(Files.readString(second.resolve("index.html")))
        .isEqualTo(
            Files.readString(first.resolve("index.html"))
                .replace(first.toString(), second.toString()));
    assertThat(first.resolve("metrics.json"))
        .content()
        .contains("\"format\" : 1", "\"samples\" : 80", "\"seed\" : 1", "\"Java\" : ");
  }

  @Test
  void aFunctionIsMeasuredOnDataThatItsOutputsAreNotComparedWith() {
    Path out = folder.resolve("function");
    Console console =
        done(
            "evaluate",
            "--function",
            "saved-model:" + half,
            "--data",
            "mnist",
            "--samples",
            "80",
            "--threads",
            "1",
            "--metrics",
            QUICK,
            "--out",
            out.toString());
    assertThat(console.out())
        .contains("function   half (SHA-256", "f(noise)", "f(sketch)")
        .doesNotContain("f(z)");
    assertThat(out.resolve("metrics.csv"))
        .content()
        .containsPattern("idempotency,relative error,x,1,0\\.2[45]");
  }

  /** A small relative error, as its outputs are nearly one image. */
  @Test
  void aMapWhoseOutputSaysLittleOfItselfIsCalledUninformativeWithTheThreshold() throws IOException {
    Path faint = folder.resolve("faint");
    function(faint, (tf, x) -> tf.math.add(tf.math.mul(x, tf.constant(0.1f)), tf.constant(0.7f)));
    Path out = folder.resolve("faint-out");
    Console console =
        done(
            "evaluate",
            "--function",
            "saved-model:" + faint,
            "--data",
            "mnist",
            "--samples",
            "80",
            "--threads",
            "1",
            "--metrics",
            "idempotency",
            "--out",
            out.toString());
    assertThat(console.out())
        .contains(
            "uninformative: error / variance of 0.5 or more, so that f(f(x)) says little about"
                + " f(x)");
    assertThat(out.resolve("metrics.csv")).content().contains("idempotency,verdict,x,1,");
  }

  /** Bars have the shape of digits; a classifier of digits has nothing to say of them. */
  @Test
  void whatIsNotDigitsIsNotJudgedByDigits() throws IOException {
    Path bars = Files.createDirectory(folder.resolve("bars"));
    for (int i = 0; i < 80; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      image.createGraphics().fillRect(0, 0, 28, i % 28 + 1);
      ImageIO.write(image, "png", bars.resolve(i + ".png").toFile());
    }
    String out = folder.resolve("bars-out").toString();
    String[] asked = {
      "evaluate", "--model", model.toString(), "--data", "images:" + bars, "--samples", "8"
    };
    List<String> words = new ArrayList<>(List.of(asked));
    words.addAll(List.of("--threads", "1", "--metrics", "classes,memorisation", "--out", out));
    assertThat(done(words.toArray(String[]::new)).out())
        .contains("data       images of bars", "features   27 principal components")
        .contains(
            "note: class coverage and class entropy are withheld: the classifier is of MNIST's")
        .contains("note: the model was trained on other images, MNIST test digits, [28, 28, 1]")
        .doesNotContain("class coverage  ");
    words.set(words.size() - 1, folder.resolve("never").toString());
    words.addAll(List.of("--features", "digits"));
    assertThat(refused(2, words.toArray(String[]::new)))
        .contains("--features digits is for MNIST's digits, and these images are not known to be");
  }

  @Test
  void tooFewSamplesForTheFeaturesWithholdANumberWithTheReason() {
    Console console =
        done(
            "evaluate",
            "--model",
            model.toString(),
            "--samples",
            "20",
            "--threads",
            "1",
            "--metrics",
            "frechet",
            "--out",
            folder.resolve("few").toString());
    assertThat(console.out())
        .contains("withheld")
        .contains("20 real and 20 generated samples are too few for covariances of 64 features");
  }

  @Test
  void runsAreComparedByPairsAndARunWithItselfHasNoDifference() throws IOException {
    Path inside = folder.resolve("holder");
    Files.createDirectories(inside);
    Path moved = copy(first, "holder/evaluation");
    Path out = folder.resolve("comparison");
    Console console = done("compare", first.toString(), inside.toString(), "--out", out.toString());
    assertThat(moved).exists();
    assertThat(console.out())
        .contains("run 1      " + first, "run 2      " + inside, "no difference")
        .doesNotContain("better than", "worse than", "unpaired)");
    assertThat(out.resolve("comparison.txt")).exists();
    assertThat(refused(2, "compare", first.toString(), moved.toString(), "--out", out.toString()))
        .contains("--out (" + out + ") holds a comparison already");
    assertThat(Files.readAllLines(out.resolve("comparison.csv")).get(0)).startsWith("section,");
  }

  @Test
  void runsThatWereNotMeasuredAlikeAreRefusedWithWhatDiffers() {
    Path other = folder.resolve("other");
    evaluated(other, "--metrics", "idempotency", "--seed", "2", "--features", "pca");
    assertThat(refused(2, "compare", first.toString(), other.toString()))
        .contains("evaluated differently, seed: '1' and '2', features: '64 features of the digit")
        .contains("and '64 principal components'");
  }

  @Test
  void foldersThatAreNoEvaluationsOrDamagedOnesAreRefused() throws IOException {
    String good = first.toString();
    assertThat(refused(2, "compare", good)).contains("must be two folders or more");
    assertThat(refused(1, "compare", good, model.toString()))
        .contains("metrics.json is missing; write one with 'idem evaluate");
    assertThat(refused(1, "compare", good, folder.resolve("nowhere").toString()))
        .contains("does not exist");
    Path torn = copy(first, "torn");
    Files.writeString(torn.resolve("metrics.json"), "{\"format\" : 1, \"subject\"");
    assertThat(refused(1, "compare", good, torn.toString())).contains("metrics.json is damaged");
    Path empty = copy(first, "empty");
    Files.writeString(empty.resolve("metrics.json"), "{}");
    assertThat(refused(1, "compare", good, empty.toString())).contains("metrics.json is damaged");
    Path changed = copy(first, "changed");
    Files.writeString(changed.resolve("per-sample.csv"), "error of x\n1\n");
    assertThat(refused(1, "compare", good, changed.toString()))
        .contains("per-sample.csv is not the file that was saved");
  }

  @Test
  void badUsageIsReportedInOneLine() throws IOException {
    String out = folder.resolve("refused").toString();
    String from = model.toString();
    assertThat(refused(2, "evaluate", "--out", out)).contains("name what to evaluate: --model DIR");
    assertThat(
            refused(
                2, "evaluate", "--model", from, "--function", "saved-model:" + half, "--out", out))
        .contains("exclude one another");
    assertThat(refused(2, arguments(Path.of(out), "--without", "treesaccuracy")))
        .contains("unknown metric 'treesaccuracy'; did you mean 'trees-accuracy'?");
    assertThat(refused(2, arguments(Path.of(out), "--features", "pixel")))
        .contains("unknown feature space 'pixel'; did you mean 'pixels'?");
    assertThat(refused(2, "evaluate", "--model", from, "--samples", "0", "--out", out))
        .contains("--samples (0) must be positive");
    assertThat(refused(2, "evaluate", "--model", from, "--samples", "1001", "--out", out))
        .contains("--samples (1001) must be from 4 to 1000");
    assertThat(
            refused(
                2,
                "evaluate",
                "--function",
                "saved-model:" + half,
                "--data",
                "mnist",
                "--samples",
                "501",
                "--out",
                out))
        .contains("--samples (501) must be from 4 to 500");
    assertThat(refused(2, arguments(first))).contains("holds an evaluation already");
    assertThat(refused(1, "evaluate", "--model", folder.resolve("no").toString(), "--out", out))
        .contains("does not exist");
    assertThat(refused(1, "evaluate", "--model", copy(model, "bare").toString(), "--out", out))
        .contains("bare holds a run without a model");
    Path damaged = copy(model.resolve("model"), "damaged");
    Files.write(damaged.resolve("weights.safetensors"), new byte[7]);
    assertThat(refused(1, "evaluate", "--model", damaged.toString(), "--out", out))
        .contains("weights.safetensors has 7 bytes");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void functionThatGivesNotANumberHasDiverged() throws IOException {
    Path nan = folder.resolve("nan");
    function(nan, (tf, x) -> tf.math.mul(x, tf.math.log(tf.constant(-1f))));
    String out = folder.resolve("nan-out").toString();
    assertThat(
            done(
                    "evaluate",
                    "--function",
                    "saved-model:" + nan,
                    "--data",
                    "mnist",
                    "--samples",
                    "20",
                    "--out",
                    out)
                .out())
        .contains("diverged");
  }

  @Test
  void functionsThatGiveAnotherWidthAreRefused() throws IOException {
    String out = folder.resolve("narrow-out").toString();
    Path narrow = folder.resolve("narrow");
    function(
        narrow,
        (tf, x) -> tf.slice(x, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 5})));
    assertThat(
            refused(
                2,
                "evaluate",
                "--function",
                "saved-model:" + narrow,
                "--data",
                "mnist",
                "--samples",
                "20",
                "--out",
                out))
        .contains("784", "5");
  }
}
