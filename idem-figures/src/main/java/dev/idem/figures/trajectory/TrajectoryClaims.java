package dev.idem.figures.trajectory;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FinalMap;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.trajectory.ParameterPaths.Path;
import dev.idem.figures.trajectory.ParameterPaths.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The claims that the paths of all parameters decide: a stronger gradient, another trajectory. */
final class TrajectoryClaims {

  /** The cosine of 45°. */
  private static final double MOST_COSINE = Math.sqrt(0.5);

  private static final double LEAST_APART = 0.5;

  private final List<ParameterPaths> all;
  private final String setting;

  /**
   * The claims.
   *
   * @param all pairs of paths, at both scales
   */
  TrajectoryClaims(List<ParameterPaths> all) {
    this.all = List.copyOf(all);
    ParameterPaths first = all.get(0);
    List<Place> places = first.paths().get(0).places();
    setting =
        "%s, trained by gradient descent at rate %s on one sample of 64 of N(0, I), %s epochs, %s."
            .formatted(
                first.network().description(),
                ParameterPaths.RATE,
                places.get(places.size() - 1).epoch(),
                at(GradientScale.AS_PUBLISHED).size() == 1
                    ? "1 seed"
                    : at(GradientScale.AS_PUBLISHED).size() + " seeds");
  }

  private List<ParameterPaths> at(GradientScale scale) {
    return all.stream().filter(paths -> paths.scale() == scale).toList();
  }

  List<Finding> findings() {
    List<FinalMap> modified = ends(at(GradientScale.AS_PUBLISHED), 1);
    List<FinalMap> both = new ArrayList<>(modified);
    all.forEach(paths -> both.add(paths.paths().get(0).end()));
    return List.of(
        stronger(Aspect.AS_PUBLISHED, GradientScale.AS_PUBLISHED),
        stronger(Aspect.EQUAL_SCALE, GradientScale.EQUAL),
        maps(PaperClaims.STRONGER_SIGNAL, "modified maps", modified),
        different(Aspect.AS_PUBLISHED, GradientScale.AS_PUBLISHED),
        different(Aspect.EQUAL_SCALE, GradientScale.EQUAL),
        maps(PaperClaims.DIFFERENT_TRAJECTORY, "maps of both methods", both));
  }

  private static List<FinalMap> ends(List<ParameterPaths> runs, int path) {
    return runs.stream().map(paths -> paths.paths().get(path).end()).toList();
  }

  private Finding maps(Claim claim, String what, List<FinalMap> maps) {
    return new Finding(
        claim, Aspect.MAPS, setting, FinalMap.describe(what, maps), FinalMap.verdict(maps));
  }

  private Finding stronger(Aspect aspect, GradientScale scale) {
    List<Double> ratios = each(scale, paths -> paths.median(Place::ratio));
    return new Finding(
        PaperClaims.STRONGER_SIGNAL,
        aspect,
        setting,
        "Modified / ordinary norm at the same parameters, the median over the places of a run: %s; at the start %s."
            .formatted(
                Table.range(ratios),
                Table.range(each(scale, paths -> paths.paths().get(0).places().get(0).ratio()))),
        strongerVerdict(ratios));
  }

  /** By the rule of {@link PaperClaims#STRONGER_SIGNAL}, of the ratio of each run. */
  static Verdict strongerVerdict(List<Double> ratios) {
    return Verdict.ofShare(ratios.stream().filter(ratio -> ratio > 1).count(), ratios.size());
  }

  private Finding different(Aspect aspect, GradientScale scale) {
    List<Double> cosines = each(scale, paths -> paths.median(Place::cosine));
    List<Double> apart = each(scale, ParameterPaths::endsApart);
    return new Finding(
        PaperClaims.DIFFERENT_TRAJECTORY,
        aspect,
        setting,
        "|cosine| of both gradients at the same parameters, the median over the places of a run: %s; distance of the end points over the longer way from the start: %s."
            .formatted(Table.range(cosines), Table.range(apart)),
        differentVerdict(cosines, apart));
  }

  /** By the rule of {@link PaperClaims#DIFFERENT_TRAJECTORY}, of the numbers of each run. */
  static Verdict differentVerdict(List<Double> cosines, List<Double> apart) {
    int both = 0;
    int either = 0;
    for (int i = 0; i < cosines.size(); i++) {
      boolean turned = cosines.get(i) < MOST_COSINE;
      boolean elsewhere = apart.get(i) > LEAST_APART;
      both += turned && elsewhere ? 1 : 0;
      either += turned || elsewhere ? 1 : 0;
    }
    if (both > 0 && both == cosines.size()) {
      return Verdict.REPRODUCED;
    }
    return 2 * either > cosines.size() ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
  }

  private List<Double> each(GradientScale scale, ToDoubleFunction<ParameterPaths> value) {
    return at(scale).stream().map(value::applyAsDouble).toList();
  }

  Table table() {
    return Table.shown(
        "parameters-by-run",
        "Both methods on one network from each seed, at each scale of the gradients. Norm ratio,"
            + " modified / ordinary, and |cosine| of both gradients: medians over the places of both"
            + " paths. Ends apart: distance of the end points over the longer way from the start."
            + " Error / variance of both maps at the end, on fresh draws.",
        all,
        List.of(
            new Column<>("seed", ParameterPaths::seed),
            new Column<>("scale", paths -> paths.scale().label()),
            new Column<>("norm ratio", paths -> paths.median(Place::ratio)),
            new Column<>("|cosine|", paths -> paths.median(Place::cosine)),
            new Column<>("ends apart", ParameterPaths::endsApart),
            new Column<>("error / variance, ordinary", paths -> end(paths, 0)),
            new Column<>("error / variance, modified", paths -> end(paths, 1))));
  }

  private static double end(ParameterPaths paths, int index) {
    Path path = paths.paths().get(index);
    return path.end().errorOverVariance();
  }
}
