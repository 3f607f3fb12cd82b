package dev.idem.figures.generative;

import dev.idem.api.data.FiniteDataSource;
import dev.idem.figures.Claim;
import dev.idem.figures.Drawing;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.ParallelRuns;
import dev.idem.figures.Table;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.models.data.Mnist;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The claim of generation, tested: methods paired over seeds, the weight of the idempotency term,
 * and what noise, normalisation and tightness do.
 */
public final class AblationFigure implements Figure {

  @Override
  public String title() {
    return "Generation, tested";
  }

  @Override
  public String paperShows() {
    return "That reconstruction and the substituted gradient suffice to generate; no comparison"
        + " without the one or the other, as far as we could read.";
  }

  @Override
  public String ourSetting() {
    return "As in 'generative', three seeds each: weights, first batches and training noise differ"
        + " from seed to seed, held-out images and evaluation noise do not. Distances are squared"
        + " Fréchet distances, among principal components of pixels and in the features of the digit"
        + " classifier, lower is better; coverage is the share of held-out digits that a sample is near"
        + " in those features, higher is better.";
  }

  @Override
  public boolean inDefaultSet() {
    return false;
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.GENERATION);
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    FiniteDataSource images = Mnist.embedded();
    int samples = GenerativeFigure.samples(context.preset());
    try (Judge judge = new Judge(images, samples, context.engine())) {
      return draw(context, images, judge);
    }
  }

  private static FigureResult draw(FigureContext context, FiniteDataSource images, Judge judge)
      throws InterruptedException {
    AblationDesign design = new AblationDesign(images, context);
    List<Case> cases = design.cases();
    context.progress().begin("generative-ablation", cases.size());
    List<GeneratorRun<String>> runs =
        ParallelRuns.of(
            cases,
            work -> GeneratorRun.of(work, judge, context.engine(), generator -> ""),
            context.threads(),
            context.progress());
    context.progress().end();
    Map<Case, GeneratorRun<String>> byCase = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      byCase.put(cases.get(i), runs.get(i));
    }
    AblationTables tables = new AblationTables(design, byCase, judge, context.seed());
    List<Drawing> drawings = List.of(new AblationCharts(design, byCase, judge).drawing());
    List<Table> written = new ArrayList<>(tables.all());
    written.add(MeasurementTable.filed("runs", runs, judge));
    return new FigureResult(drawings, written, tables.sentences(), List.of(tables.finding()));
  }
}
