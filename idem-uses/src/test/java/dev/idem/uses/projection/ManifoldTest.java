package dev.idem.uses.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.random.RandomStreams;
import dev.idem.uses.projection.Manifold.Sphere;
import dev.idem.uses.projection.Manifold.Subspace;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ManifoldTest {

  private static Stream<Manifold> all() {
    return Stream.of(new Sphere(2), new Sphere(3), new SwissRoll(), Subspace.ofRankFour());
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  private static double[] normal(int width, double scale, RandomGenerator random) {
    return random.doubles(width, -scale, scale).toArray();
  }

  @Property(tries = 300, seed = "1")
  void projectionsAreIdempotentAndLeavePointsOnTheManifold(@ForAll long seed) {
    RandomGenerator random = RandomStreams.stream(seed, "test", 0);
    all()
        .forEach(
            manifold -> {
              double[] x = normal(manifold.width(), 2, random);
              double[] y = manifold.nearest(x);
              assertThat(manifold.nearest(y)).as(manifold.name()).containsExactly(y, within(1e-9));
              double[] on = manifold.draw(random);
              // Points are drawn in single precision on the subspace.
              assertThat(manifold.nearest(on))
                  .as(manifold.name())
                  .containsExactly(on, within(1e-6));
            });
  }

  @Property(tries = 300, seed = "1")
  void noPointOfTheManifoldIsNearer(@ForAll long seed) {
    RandomGenerator random = RandomStreams.stream(seed, "test", 0);
    all()
        .forEach(
            manifold -> {
              double[] x = normal(manifold.width(), 2, random);
              double least = squaredDistance(x, manifold.nearest(x));
              for (int i = 0; i < 50; i++) {
                double[] on = manifold.draw(random);
                assertThat(squaredDistance(x, on)).isGreaterThanOrEqualTo(least - 1e-6);
              }
            });
  }

  @Test
  void theSpiralsNearestPointIsThatOfAFineSearch() {
    SwissRoll roll = new SwissRoll();
    RandomGenerator random = RandomStreams.stream(5, "test", 0);
    for (int i = 0; i < 20; i++) {
      double[] x = normal(3, 1.3, random);
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j <= 200_000; j++) {
        double t = 1.5 * Math.PI + 3 * Math.PI * j / 200_000;
        double r = t / (4.5 * Math.PI);
        double h = Math.max(-1, Math.min(1, x[1]));
        double[] on = {r * Math.cos(t), h, r * Math.sin(t)};
        least = Math.min(least, squaredDistance(x, on));
      }
      assertThat(squaredDistance(x, roll.nearest(x))).isBetween(least - 1e-7, least + 1e-12);
    }
  }

  @Test
  void theResidualIsAtRightAnglesToTheSpiral() {
    // At t = 2 pi the radius is 4/9 and the tangent (1, t) over t_1.
    double t = 2 * Math.PI;
    double step = 0.05 / Math.hypot(1, t);
    double[] x = {4.0 / 9 + t * step, 0.3, -step};
    assertThat(new SwissRoll().nearest(x))
        .containsExactly(new double[] {4.0 / 9, 0.3, 0}, within(1e-9));
  }

  @Test
  void edgesOfTheRollHold() {
    double[] end = {0, 1, 1};
    assertThat(new SwissRoll().nearest(new double[] {-0.2, 3, 1}))
        .containsExactly(end, within(1e-12));
  }

  @Test
  void aCirclesNearestPointHasTheSameDirection() {
    assertThat(new Sphere(2).nearest(new double[] {3, -4})).containsExactly(0.6, -0.8);
    assertThat(new Sphere(3).nearest(new double[] {0, 0, 0})).containsExactly(1, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sphere(1))
        .withMessage("width (1) must be at least 2");
  }
}
