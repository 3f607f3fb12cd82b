package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RealRootsTest {

  private static List<BigInteger> polynomial(long... coefficients) {
    return Arrays.stream(coefficients).mapToObj(BigInteger::valueOf).toList();
  }

  private static List<BigInteger> product(List<BigInteger> a, List<BigInteger> b) {
    BigInteger[] product = new BigInteger[a.size() + b.size() - 1];
    Arrays.fill(product, BigInteger.ZERO);
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        product[i + j] = product[i + j].add(a.get(i).multiply(b.get(j)));
      }
    }
    return List.of(product);
  }

  /** Roots are eighths, so exact; an irreducible quadratic without real roots is mixed in. */
  @Property(tries = 100, seed = "41")
  void findsExactlyTheRootsOfAProductEachOnce(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = -40, max = 40) Integer> eighths,
      @ForAll boolean squared) {
    List<BigInteger> f = polynomial(1, 1, 1);
    TreeSet<Double> roots = new TreeSet<>();
    for (int eighth : eighths) {
      List<BigInteger> factor = polynomial(-eighth, 8);
      f = product(f, factor);
      f = squared ? product(f, factor) : f;
      roots.add(eighth / 8.0);
    }
    assertThat(RealRoots.of(f)).containsExactlyElementsOf(roots);
  }

  @Test
  void irrationalRootsAreCorrectToTheLastPlace() {
    assertThat(RealRoots.of(polynomial(-2, 0, 1))).containsExactly(-Math.sqrt(2), Math.sqrt(2));
  }

  @Test
  void rootsThatAreVeryCloseAreToldApart() {
    List<BigInteger> f = product(polynomial(-1, 1_000_000_007), polynomial(-1, 1_000_000_009));
    assertThat(RealRoots.of(f))
        .hasSize(2)
        .containsExactly(1 / 1_000_000_009.0, 1 / 1_000_000_007.0);
  }

  @Test
  void aPolynomialWithoutRealRootsHasNone() {
    assertThat(RealRoots.of(polynomial(1, 0, 1))).isEmpty();
    assertThat(RealRoots.of(polynomial(1, 0, 2, 0, 1))).isEmpty();
  }

  @Test
  void aConstantIsRefused() {
    assertThatThrownBy(() -> RealRoots.of(polynomial(3)))
        .hasMessage("polynomial [3] must not be constant");
  }

  @Test
  void aDoubleRootThatIsNoDoubleIsFound() {
    long prime = Integer.MAX_VALUE; // 1/prime has no end in base two
    assertThat(RealRoots.of(product(polynomial(0, -1, prime), polynomial(-1, prime)))).hasSize(2);
  }
}
