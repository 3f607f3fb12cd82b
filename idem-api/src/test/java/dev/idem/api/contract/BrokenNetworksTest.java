package dev.idem.api.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.reference.ReferenceTensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each rule for networks fails for a network that breaks it, and names it. */
class BrokenNetworksTest {

  private static final Initializer UNIFORM =
      (parameter, random) -> random.doubles(parameter.shape().size(), -1, 1).toArray();

  /** x K, right in everything but what a test overrides. */
  static class Linear implements Network {
    static ParameterSpec kernel(String name, Initializer initializer) {
      return new ParameterSpec(name, Shape.of(3, 3), 3, 3, initializer);
    }

    @Override
    public Shape shape() {
      return Shape.of(3);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(kernel("k", UNIFORM));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().matMul(x, pass.parameter("k"));
    }

    @Override
    public String description() {
      return "linear";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Linear;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private static void assertBroken(
      Supplier<Network> network, Consumer<NetworkContractTest> rule, String... told) {
    NetworkContractTest contract =
        new NetworkContractTest() {
          @Override
          protected Network network() {
            return network.get();
          }
        };
    assertThatThrownBy(() -> rule.accept(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("network " + network.get().getClass().getName())
        .hasMessageContainingAll(told);
  }

  @Test
  void otherShapesAreReported() {
    class Narrowing extends Linear {
      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        return pass.ops().slice(super.apply(x, pass), 0, 2);
      }
    }
    assertBroken(
        Narrowing::new,
        NetworkContractTest::outputsHaveTheShapeThatItSays,
        "maps samples of shape [3] to [2]; an idempotent map keeps the shape");
    class Declared extends Narrowing {
      @Override
      public Shape outputShape() {
        return Shape.of(1);
      }
    }
    assertBroken(
        Declared::new,
        NetworkContractTest::outputsHaveTheShapeThatItSays,
        "maps samples of shape [3] to [2]; its outputShape() is [1]");
  }

  @Test
  void namesAndCountsAreReported() {
    class Twice extends Linear {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of(kernel("k", UNIFORM), kernel("k", UNIFORM));
      }
    }
    class Miscounting extends Linear {
      @Override
      public long parameterCount() {
        return 7;
      }
    }
    class Nothing extends Linear {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of();
      }
    }
    Consumer<NetworkContractTest> rule =
        NetworkContractTest::parametersHaveNamesOfTheirOwnAndStartFinite;
    assertBroken(Twice::new, rule, "has two parameters called 'k'");
    assertBroken(Miscounting::new, rule, "7 trainable numbers, its parameters hold 9");
    assertBroken(Nothing::new, rule, "nothing to train");
  }

  @Test
  void startsThatNoSeedDeterminesAreReported() {
    class Unseeded extends Linear {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of(
            kernel(
                "k", (parameter, random) -> new double[] {Math.random(), 0, 0, 0, 0, 0, 0, 0, 0}));
      }
    }
    assertBroken(
        Unseeded::new,
        NetworkContractTest::theSameSeedStartsFromTheSameBits,
        "the initialiser of k gave other values for the same seed");
  }

  @Test
  void memoryIsReported() {
    int[] calls = {0};
    class Counting extends Linear {
      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        return pass.ops().multiply(super.apply(x, pass), ++calls[0]);
      }
    }
    assertBroken(
        Counting::new,
        NetworkContractTest::theSameInputGivesTheSameBits,
        "a network draws nothing and remembers nothing");
    assertBroken(
        Counting::new,
        NetworkContractTest::aRunThatIsSavedAndResumedIsTheSameRunAndOpensElsewhere,
        "a run that was resumed after 2 steps ends with another k");
  }

  @Test
  void changedSettingsAreReportedWhenAStateIsOpened() {
    int[] made = {0};
    class Numbered extends Linear {
      private final int number = ++made[0];

      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        T y = super.apply(x, pass);
        return number > 2 ? pass.ops().add(y, 1) : y;
      }
    }
    assertBroken(
        Numbered::new,
        NetworkContractTest::aRunThatIsSavedAndResumedIsTheSameRunAndOpensElsewhere,
        "the network gives other outputs than in the run");
  }

  @Test
  void mixedSamplesAreReported() {
    class Centring extends Linear {
      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        NetworkAlgebra<T> ops = pass.ops();
        T y = super.apply(x, pass);
        return ops.addBias(y, ops.multiply(ops.channelMean(y), -1));
      }
    }
    assertBroken(
        Centring::new,
        NetworkContractTest::inInferenceEachSampleIsMappedForItself,
        "alone and to",
        "pass.normalizeBatch");
  }

  @Test
  void nonFiniteNumbersAreReported() {
    class Unit extends Linear {
      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        NetworkAlgebra<T> ops = pass.ops();
        T y = super.apply(x, pass);
        return ops.divide(y, ops.sqrt(ops.square(y)));
      }
    }
    class Root extends Linear {
      @Override
      public <T> T apply(T x, ForwardPass<T> pass) {
        return pass.ops().sqrt(pass.ops().square(super.apply(x, pass)));
      }
    }
    Consumer<NetworkContractTest> rule = NetworkContractTest::everyNumberIsFinite;
    assertBroken(Unit::new, rule, "a number that is not finite on normal samples times 0.0");
    assertBroken(Root::new, rule, "a gradient of k that is not finite");
  }

  @Test
  void wrongGradientsAreReported() {
    class PastTheAlgebra extends Linear {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T apply(T x, ForwardPass<T> pass) {
        ReferenceTensor y = (ReferenceTensor) super.apply(x, pass);
        T copy = (T) ReferenceTensor.of(y.shape(), y.values());
        return pass.ops().multiply(super.apply(x, pass), copy);
      }
    }
    assertBroken(
        PastTheAlgebra::new,
        NetworkContractTest::gradientsAreThoseOfFiniteDifferences,
        "the gradient at k[0] is",
        "finite differences");
  }

  @Test
  void aWrongGradientThatIsSmallBesideOthersIsReported() {
    class HalfOfASmallOne extends Linear {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of(kernel("k", UNIFORM), kernel("small", UNIFORM));
      }

      @Override
      @SuppressWarnings("unchecked")
      public <T> T apply(T x, ForwardPass<T> pass) {
        T small = pass.ops().multiply(pass.ops().matMul(x, pass.parameter("small")), 1e-6);
        ReferenceTensor values = (ReferenceTensor) small;
        T past = (T) ReferenceTensor.of(values.shape(), values.values());
        return pass.ops().add(super.apply(x, pass), pass.ops().add(small, past));
      }
    }
    assertBroken(
        HalfOfASmallOne::new,
        NetworkContractTest::gradientsAreThoseOfFiniteDifferences,
        "the gradient at small[0] is",
        "finite differences");
  }

  @Test
  void unreachedParametersAreReported() {
    class Unused extends Linear {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of(kernel("k", UNIFORM), kernel("idle", UNIFORM));
      }
    }
    assertBroken(
        Unused::new,
        NetworkContractTest::everyParameterReachesTheOutput,
        "declares the parameter idle, which has no influence");
  }

  @Test
  void unequalTwinsAndDescriptionsOfSeveralLinesAreReported() {
    class Alone extends Linear {
      @Override
      public boolean equals(Object other) {
        return this == other;
      }

      @Override
      public int hashCode() {
        return System.identityHashCode(this);
      }
    }
    class Wordy extends Linear {
      @Override
      public String description() {
        return "linear\nmap";
      }
    }
    Consumer<NetworkContractTest> rule = NetworkContractTest::itIsAValueThatSaysWhatItIs;
    assertBroken(Alone::new, rule, "are not equal; make the class a record");
    assertBroken(Wordy::new, rule, "it must be one line");
  }
}
