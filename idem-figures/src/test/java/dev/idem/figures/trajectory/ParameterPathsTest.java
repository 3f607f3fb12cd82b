package dev.idem.figures.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.TrainingObjective;
import dev.idem.eval.Progress;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.trajectory.ParameterPaths.Path;
import dev.idem.figures.trajectory.ParameterPaths.Place;
import dev.idem.models.data.DistributionSource.Gaussian;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterPathsTest {

  private static final FigureContext CONTEXT =
      new FigureContext(Preset.SMOKE, 1, 2, new ReferenceEngine(), Progress.NONE, List.of());

  private static float[] start(Network network, long seed) {
    Map<String, double[]> values = InitialParameters.of(network, seed);
    int size = network.parameters().stream().mapToInt(p -> p.shape().size()).sum();
    float[] row = new float[size];
    int next = 0;
    for (ParameterSpec parameter : network.parameters()) {
      for (double value : values.get(parameter.name())) {
        row[next++] = (float) value;
      }
    }
    return row;
  }

  private static ReferenceTensor sample(Network network) {
    float[][] sample = new Gaussian(network.shape().size()).batch(1, 0, 64);
    double[][] rows = new double[sample.length][sample[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = sample[i][j];
      }
    }
    return ReferenceTensor.batch(network.shape(), rows);
  }

  private static double canonicalLoss(Network network, long seed) {
    return ReferenceModel.initial(network, seed)
        .differentiate(
            TrainingObjective.of(new CanonicalStrategy()),
            Map.of(TrainingObjective.DEFAULT_INPUT, sample(network)))
        .terms()
        .values()
        .iterator()
        .next();
  }

  @Test
  void lossInThePlaneIsTheCanonicalLossAtKnownPoints() throws InterruptedException {
    Network network = ParameterPaths.network(Preset.SMOKE);
    float[][] rows = {start(network, 1), start(network, 2), start(network, 3)};
    // Three points span a plane, so that it holds them exactly but for rounding.
    PrincipalComponents plane = PrincipalComponents.fit(rows, 2);
    ParameterPaths paths =
        new ParameterPaths(
            GradientScale.AS_PUBLISHED,
            1,
            network,
            sample(network),
            plane,
            List.of(),
            List.of(),
            0);
    List<Double> losses = paths.losses(plane.project(rows), 2);
    for (int i = 0; i < rows.length; i++) {
      double expected = canonicalLoss(network, i + 1L);
      assertThat(losses.get(i)).isCloseTo(expected, within(1e-4 * expected));
    }
  }

  @Test
  void bothPathsStartAtOnePlaceWithTheSameGradients() throws InterruptedException {
    ParameterPaths paths = ParameterPaths.all(CONTEXT).get(0);
    assertThat(paths.paths())
        .extracting(Path::method)
        .containsExactly(Strategies.CANONICAL, Strategies.SUBSTITUTED);
    Place ordinary = paths.paths().get(0).places().get(0);
    assertThat(paths.paths().get(1).places().get(0)).isEqualTo(ordinary);
    assertThat(paths.apart().get(0)).isCloseTo(ordinary.cosine(), within(1e-12));
    assertThat(ordinary.loss())
        .isCloseTo(
            canonicalLoss(ParameterPaths.network(Preset.SMOKE), 1), within(1e-4 * ordinary.loss()));
    assertThat(paths.plane().explainedShares().stream().mapToDouble(share -> share).sum())
        .isLessThanOrEqualTo(1 + 1e-9);
    List<Place> way = paths.paths().get(0).places();
    assertThat(way.get(way.size() - 1).loss()).isLessThan(ordinary.loss());
  }

  @Test
  void scalesDifferByHalfTheWidthAtTheStartAndShareTheModifiedPath() throws InterruptedException {
    List<ParameterPaths> all = ParameterPaths.all(CONTEXT);
    assertThat(all)
        .extracting(ParameterPaths::scale)
        .containsExactly(GradientScale.AS_PUBLISHED, GradientScale.EQUAL);
    Place published = all.get(0).paths().get(0).places().get(0);
    Place equal = all.get(1).paths().get(0).places().get(0);
    double scales = ParameterPaths.network(Preset.SMOKE).shape().size() / 2.0;
    assertThat(equal.ordinary())
        .isCloseTo(scales * published.ordinary(), within(1e-9 * equal.ordinary()));
    assertThat(equal.modified()).isEqualTo(published.modified());
    assertThat(equal.cosine()).isCloseTo(published.cosine(), within(1e-9));
    assertThat(equal.loss()).isCloseTo(published.loss(), within(1e-9 * published.loss()));
    assertThat(all.get(1).paths().get(1).places())
        .extracting(Place::modified)
        .isEqualTo(all.get(0).paths().get(1).places().stream().map(Place::modified).toList());
    assertThat(all.get(0).paths().get(1).end()).isEqualTo(all.get(1).paths().get(1).end());
  }

  @Test
  void endsAreApartRelativeToTheLongerWay() {
    float[] start = {1, 1};
    assertThat(ParameterPaths.endsApart(start, new float[] {4, 5}, new float[] {1, 1}))
        .isCloseTo(1, within(1e-12));
    assertThat(ParameterPaths.endsApart(start, new float[] {4, 5}, new float[] {4, 5})).isZero();
    assertThat(ParameterPaths.endsApart(start, new float[] {2, 1}, new float[] {0, 1}))
        .isCloseTo(2, within(1e-12));
    assertThat(ParameterPaths.endsApart(start, start, start)).isNaN();
  }

  @Test
  void cosineIsOneForParallelAndZeroForOrthogonalVectors() {
    assertThat(BothGradients.cosine(new double[] {1, -2}, new double[] {-3, 6}))
        .isCloseTo(1, within(1e-12));
    assertThat(BothGradients.cosine(new double[] {1, 0}, new double[] {0, 5})).isZero();
    assertThat(BothGradients.cosine(new double[] {1, 0}, new double[] {1, 1}))
        .isCloseTo(Math.sqrt(0.5), within(1e-12));
  }
}
