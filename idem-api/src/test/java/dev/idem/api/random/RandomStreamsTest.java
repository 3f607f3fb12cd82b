package dev.idem.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  @Test
  void aStreamRepeats() {
    assertThat(RandomStreams.stream(1, "batch", 2).longs(10).toArray())
        .isEqualTo(RandomStreams.stream(1, "batch", 2).longs(10).toArray());
  }

  @Test
  void streamsAreTheSameFromReleaseToRelease() {
    assertThat(RandomStreams.stream(1, "batch", 2).longs(2).toArray())
        .containsExactly(3648048472551942167L, 3087685315418497542L);
  }

  @Test
  void neighbouringSeedsNamesAndIndicesGiveDifferentStreams() {
    Set<Long> first = new HashSet<>();
    int streams = 0;
    for (long seed = -5; seed < 5; seed++) {
      for (String name : new String[] {"batch", "batcg", "held-out", "", "a"}) {
        for (long index = 0; index < 100; index++) {
          RandomGenerator random = RandomStreams.stream(seed, name, index);
          first.add(random.nextLong());
          first.add(random.nextLong());
          streams++;
        }
      }
    }
    assertThat(first).hasSize(2 * streams);
  }

  @Test
  void theFirstNumbersOfConsecutiveStreamsAreUncorrelated() {
    int count = 20_000;
    double[] first =
        IntStream.range(0, count)
            .mapToDouble(i -> RandomStreams.stream(7, "batch", i).nextGaussian())
            .toArray();
    double product = 0;
    double power = 0;
    for (int i = 0; i < count; i++) {
      product += first[i] * first[(i + 1) % count];
      power += first[i] * first[i];
    }
    assertThat(power / count).isCloseTo(1, within(0.04));
    assertThat(product / count).isCloseTo(0, within(0.03));
  }

  @Property(tries = 50, seed = "1")
  void aPermutationHoldsEachNumberOnce(
      @ForAll @IntRange(min = 1, max = 100) int count, @ForAll long seed) {
    assertThat(RandomStreams.permutation(count, new SplittableRandom(seed)))
        .containsExactlyInAnyOrder(IntStream.range(0, count).toArray());
  }

  @Test
  void allOrdersOfThreeAreEquallyLikely() {
    int[] counts = new int[27];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 12_000; i++) {
      int[] order = RandomStreams.permutation(3, random);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    assertThat(IntStream.of(counts).filter(count -> count > 0).boxed())
        .hasSize(6)
        .allSatisfy(count -> assertThat(count).isBetween(1_850, 2_150));
  }
}
