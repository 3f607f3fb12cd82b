package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.console.Terminal;
import dev.idem.eval.Progress;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.evaluation.Evaluation;
import dev.idem.eval.evaluation.Evaluation.Iteration;
import dev.idem.eval.evaluation.EvaluationPlan;
import dev.idem.eval.evaluation.EvaluationResult;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.Measure;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.StructuralSimilarity;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationCard.Subject;
import dev.idem.figures.evaluation.EvaluationFigures;
import dev.idem.figures.evaluation.EvaluationFigures.Restored;
import dev.idem.figures.evaluation.EvaluationFolder;
import dev.idem.figures.evaluation.EvaluationPage;
import dev.idem.figures.evaluation.EvaluationText;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunFolder;
import dev.idem.tf.engine.SavedModelFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One evaluation, from samples to files. A generator maps noise to samples, which are compared with
 * held-out ones. A function maps other held-out samples, degraded, to its outputs: it never sees
 * the samples it is compared with, or it would be close to them for that reason alone.
 */
final class EvaluationSession {

  private static final List<String> DEGRADATIONS = List.of("noise", "mask", "sketch");

  /** Largest number of values in the training samples kept for comparison: 256 MB. */
  private static final int MOST_NUMBERS = 1 << 26;

  private static final String GENERATOR = "generator";
  private static final int WINDOW = 11;
  private static final double RANGE = 2;

  private final EvaluatedMap map;
  private final FiniteDataSource source;
  private final long seed;
  private final Set<Measure> measures;
  private final List<DistributionMetric> metrics;
  private final Progress progress;
  private final float[][] real;
  private final float[][] x;
  private final float[][] training;
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final List<Drawing> drawings = new ArrayList<>();

  /**
   * The map that is evaluated: a generator, or any function.
   *
   * @param data what it was trained on, if a generator's model records it
   * @param onData how it is applied to images
   */
  record EvaluatedMap(
      Subject subject,
      Shape shape,
      Optional<Generator> generator,
      Optional<RecordedData> data,
      Iteration onData,
      Runnable release)
      implements AutoCloseable {

    static EvaluatedMap model(Path folder, TrainingEngine engine) throws IOException {
      Path model = RunFolder.modelAt(folder);
      GeneratorModel loaded = GeneratorModel.load(model);
      Generator generator = Generator.open(loaded, engine);
      String sum =
          EvaluationCard.fingerprint(model, List.of(GeneratorModel.WEIGHTS, GeneratorModel.NOISE));
      return new EvaluatedMap(
          new Subject(name(folder), sum),
          generator.imageShape(),
          Optional.of(generator),
          RecordedData.of(loaded),
          generator::project,
          generator::close);
    }

    /**
     * A function.
     *
     * @param images the shape of a sample of one that takes images of any height and width
     */
    static EvaluatedMap function(
        SavedModelName named, Optional<Shape> images, EngineOptions options) throws IOException {
      SavedModelFunction function = named.open(images, options);
      try {
        function.requireSameShape();
      } catch (IllegalArgumentException e) {
        function.close();
        throw SavedModelName.withForm(e);
      }
      return new EvaluatedMap(
          new Subject(name(named.folder()), EvaluationCard.fingerprint(named.folder())),
          function.sampleShape(),
          Optional.empty(),
          Optional.empty(),
          Iteration.of(function),
          function::close);
    }

    /** The last name of the path, made absolute. */
    private static String name(Path folder) {
      Path name = folder.toAbsolutePath().normalize().getFileName();
      return name == null ? folder.toString() : name.toString();
    }

    @Override
    public void close() {
      release.run();
    }
  }

  EvaluationSession(
      EvaluatedMap map,
      FiniteDataSource source,
      int count,
      long seed,
      Set<Measure> measures,
      List<DistributionMetric> metrics,
      Progress progress) {
    this.map = map;
    this.source = source;
    this.seed = seed;
    this.measures = measures;
    this.metrics = metrics;
    this.progress = progress;
    boolean generator = map.generator().isPresent();
    float[][] heldOut = source.heldOut(seed, generator ? count : 2 * count);
    this.real = Arrays.copyOf(heldOut, count);
    this.x = generator ? real : Arrays.copyOfRange(heldOut, count, 2 * count);
    this.training = training(source);
  }

  private static float[][] training(FiniteDataSource source) {
    int most = Math.max(1, MOST_NUMBERS / source.shape().size());
    float[][] samples = new float[Math.min(most, source.trainingSize())][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = source.trainingSample(i);
    }
    return samples;
  }

  /** The samples to train on, or the first of very many. */
  float[][] training() {
    return training;
  }

  /** Measures, writes, and returns the table's lines. */
  List<String> run(
      EvaluationSpace space,
      Map<String, String> provenance,
      Optional<String> note,
      OutputFolder folder)
      throws IOException {
    Evaluation evaluation = new Evaluation(plan(space), progress);
    if (map.generator().isPresent()) {
      generated(map.generator().get(), space, evaluation);
    }
    inputs.put("x", EvaluationCard.fingerprint(x));
    evaluation.projected("x", x, map.onData());
    restored(evaluation);
    EvaluationResult result = noted(evaluation.result(), space, note);
    EvaluationFigures.metrics(Section.DISTRIBUTION, result.entries()).ifPresent(drawings::add);
    EvaluationFigures.metrics(Section.RESTORATION, result.entries()).ifPresent(drawings::add);
    new FigureResult(drawings, List.of(), List.of()).write(folder);
    Conditions conditions =
        new Conditions(
            map.generator().isPresent() ? GENERATOR : "function",
            source.description(),
            EvaluationCard.fingerprint(real),
            real.length,
            seed,
            space.features().name());
    EvaluationCard card =
        EvaluationFolder.write(folder, map.subject(), conditions, inputs, provenance, result)
            .card();
    EvaluationPage.write(card, next(card, folder.path()), folder);
    return EvaluationText.of(card, Terminal.here().width());
  }

  /** Commands to type after an evaluation, by what they do. */
  static Map<String, String> next(EvaluationCard card, Path folder) {
    Map<String, String> commands = new LinkedHashMap<>();
    if (card.conditions().kind().equals(GENERATOR)) {
      commands.put(
          "Evaluate another generator under the same conditions (of its own data; other options as"
              + " before):",
          RunPages.command(
              "evaluate",
              "--model",
              "OTHER",
              "--samples",
              Integer.toString(card.conditions().samples()),
              "--seed",
              Long.toString(card.conditions().seed()),
              "--out",
              "OTHER/evaluation"));
    }
    commands.put(
        "Compare them:",
        RunPages.command("compare", folder.toString(), "OTHER/evaluation", "--out", "comparison"));
    return commands;
  }

  private EvaluationPlan plan(EvaluationSpace space) {
    EvaluationPlan plan =
        EvaluationPlan.of(real, space.features())
            .withMeasures(measures)
            .withMetrics(metrics)
            .withSeed(seed);
    plan = space.classifier().map(plan::withClassifier).orElse(plan);
    plan = similarity().map(plan::withSimilarity).orElse(plan);
    return map.generator().isPresent() ? plan.withTraining(training) : plan;
  }

  private Optional<StructuralSimilarity> similarity() {
    Shape shape = source.shape();
    return Math.min(shape.dimension(0), shape.dimension(1)) < WINDOW
        ? Optional.empty()
        : Optional.of(
            new StructuralSimilarity(shape.dimension(0), shape.dimension(1), shape.last(), RANGE));
  }

  private void generated(Generator generator, EvaluationSpace space, Evaluation evaluation) {
    float[][] z = generator.noise(seed, real.length);
    inputs.put("z", EvaluationCard.fingerprint(z));
    List<float[][]> iterates = evaluation.generated("z", z, generator::generate);
    EvaluationFigures figures = new EvaluationFigures(source.shape());
    drawings.add(figures.samples("z", iterates));
    if (measures.contains(Measure.MEMORISATION) && Rows.finite(iterates.get(1))) {
      drawings.add(figures.memorisation(space.features(), training, iterates.get(1), real));
    }
  }

  private void restored(Evaluation evaluation) {
    List<Restored> restored = new ArrayList<>();
    boolean comparable = map.generator().isEmpty();
    for (String name : DEGRADATIONS) {
      float[][] degraded = Degradation.named(name).apply(x, source.shape(), seed);
      inputs.put(name, EvaluationCard.fingerprint(degraded));
      restored.add(
          new Restored(name, x, evaluation.restored(name, degraded, x, map.onData(), comparable)));
    }
    drawings.add(new EvaluationFigures(source.shape()).restored(restored));
  }

  private EvaluationResult noted(
      EvaluationResult result, EvaluationSpace space, Optional<String> note) {
    List<String> notes = new ArrayList<>(result.notes());
    note.ifPresent(notes::add);
    if (measures.contains(Measure.CLASSES) && space.classifier().isEmpty()) {
      notes.add(
          "class coverage and class entropy are withheld: the classifier is of MNIST's digits, and"
              + " these images are not known to be those");
    }
    if (measures.contains(Measure.MEMORISATION)) {
      if (map.generator().isEmpty()) {
        notes.add("memorisation is measured of generators alone");
      } else if (training.length < source.trainingSize()) {
        notes.add(
            "copies are looked for among the first %s of %s training samples"
                .formatted(training.length, source.trainingSize()));
      }
    }
    List<String> measured =
        DEGRADATIONS.stream()
            .filter(name -> result.entries().stream().anyMatch(entry -> entry.input().equals(name)))
            .map(name -> "'%s' is %s".formatted(name, Degradation.named(name).description()))
            .toList();
    if (!measured.isEmpty()) {
      notes.add("degraded samples: " + String.join("; ", measured));
    }
    if (measures.contains(Measure.RESTORATION) && similarity().isEmpty()) {
      notes.add("restoration needs images of %s x %s at least".formatted(WINDOW, WINDOW));
    }
    return new EvaluationResult(result.entries(), result.perSample(), notes);
  }
}
