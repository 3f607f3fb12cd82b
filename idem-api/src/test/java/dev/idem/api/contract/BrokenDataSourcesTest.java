package dev.idem.api.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.FiniteDataSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule for data sources fails for one that breaks it, and names it. */
class BrokenDataSourcesTest {

  @Nested
  class Unbroken extends DataSourceContractTest {
    @Override
    protected DataSource source() {
      return new Batches.Normal(Shape.of(3));
    }
  }

  /** Right in everything but what a test overrides. */
  static class Normal implements DataSource {
    private final DataSource source = new Batches.Normal(Shape.of(3));

    @Override
    public Shape shape() {
      return source.shape();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return source.batch(seed, step, size);
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return source.heldOut(seed, size);
    }

    @Override
    public String description() {
      return source.description();
    }
  }

  private static void assertBroken(
      Supplier<DataSource> source, Consumer<DataSourceContractTest> rule, String... told) {
    assertThatThrownBy(() -> rule.accept(contract(source)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("data source " + source.get().getClass().getName())
        .hasMessageContainingAll(told);
  }

  private static DataSourceContractTest contract(Supplier<DataSource> source) {
    return new DataSourceContractTest() {
      @Override
      protected DataSource source() {
        return source.get();
      }
    };
  }

  @Test
  void wrongNumbersOfSamplesWidthsAndNaNAreReported() {
    class Meagre extends Normal {
      @Override
      public float[][] batch(long seed, long step, int size) {
        return Arrays.copyOf(super.batch(seed, step, size), 1);
      }
    }
    class Narrow extends Normal {
      @Override
      public float[][] heldOut(long seed, int size) {
        return new float[size][2];
      }
    }
    class NotANumber extends Normal {
      @Override
      public float[][] batch(long seed, long step, int size) {
        float[][] batch = super.batch(seed, step, size);
        batch[0][1] = Float.NaN;
        return batch;
      }
    }
    Consumer<DataSourceContractTest> rule =
        DataSourceContractTest::samplesHaveTheShapesWidthAndAreFinite;
    assertBroken(Meagre::new, rule, "batch gave 1 samples instead of 4");
    assertBroken(Narrow::new, rule, "heldOut gave a sample of 2 numbers, shape [3] has 3");
    assertBroken(NotANumber::new, rule, "batch gave a number that is NaN");
  }

  @Test
  void positionsAndUnseededDrawsAreReported() {
    class Positioned extends Normal {
      private long next;

      @Override
      public float[][] batch(long seed, long step, int size) {
        return super.batch(seed, next++, size);
      }
    }
    int[] made = {0};
    class Unseeded extends Normal {
      private final int number = made[0]++;

      @Override
      public float[][] heldOut(long seed, int size) {
        return super.heldOut(seed + number, size);
      }
    }
    Consumer<DataSourceContractTest> rule =
        DataSourceContractTest::theSameArgumentsGiveTheSameBitsInAnyOrder;
    assertBroken(Positioned::new, rule, "there must be no hidden position");
    assertBroken(Unseeded::new, rule, "when made again");
  }

  @Test
  void seedsAndStepsThatDoNotMatterAreReported() {
    class Steady extends Normal {
      @Override
      public float[][] batch(long seed, long step, int size) {
        return super.batch(seed, 0, size);
      }
    }
    class Seedless extends Normal {
      @Override
      public float[][] batch(long seed, long step, int size) {
        return super.batch(0, step, size);
      }
    }
    Consumer<DataSourceContractTest> rule = DataSourceContractTest::seedsAndStepsGiveOtherBatches;
    assertBroken(Steady::new, rule, "the same batch at six steps");
    assertBroken(Seedless::new, rule, "the same batch for six seeds");
  }

  @Test
  void sharedArraysAndHeldOutSamplesInABatchAreReported() {
    class Shared extends Normal {
      private final float[][] only = super.batch(1, 0, 4);

      @Override
      public float[][] batch(long seed, long step, int size) {
        return only;
      }
    }
    class Leaking extends Normal {
      @Override
      public float[][] heldOut(long seed, int size) {
        return batch(1, 7, size);
      }
    }
    assertBroken(
        Shared::new,
        DataSourceContractTest::writingToABatchChangesNoOther,
        "after a batch was written to");
    assertBroken(
        Leaking::new,
        DataSourceContractTest::heldOutSamplesAreInNoBatch,
        "the batch of step 7 has a sample that is held out");
  }

  @Test
  void finiteSourcesThatHandOutTheirOwnArraysOrTooManySamplesAreReported() {
    class Finite extends Normal implements FiniteDataSource {
      final float[][] samples = super.batch(1, 0, 5);

      @Override
      public int trainingSize() {
        return 5;
      }

      @Override
      public float[] trainingSample(int index) {
        return samples[index].clone();
      }

      @Override
      public float[][] heldOut(long seed, int size) {
        if (size > 5) {
          throw new IllegalArgumentException("5 are held out, not " + size);
        }
        return super.heldOut(seed, size);
      }
    }
    class Sharing extends Finite {
      @Override
      public float[] trainingSample(int index) {
        return samples[index];
      }
    }
    class Wrapping extends Finite {
      @Override
      public float[] trainingSample(int index) {
        return super.trainingSample(Math.floorMod(index, 5));
      }
    }
    class Endless extends Finite {
      @Override
      public float[][] heldOut(long seed, int size) {
        return super.heldOut(seed, Math.min(size, 5));
      }
    }
    Consumer<DataSourceContractTest> rule =
        DataSourceContractTest::aFiniteSourceHandsOutFreshSamplesAndRefusesWhatItHasNot;
    assertThatCode(() -> rule.accept(contract(Finite::new))).doesNotThrowAnyException();
    assertBroken(Sharing::new, rule, "writing to a training sample changed it");
    assertBroken(Wrapping::new, rule, "trainingSample(-1) threw no IndexOutOfBoundsException");
    assertBroken(Endless::new, rule, "threw no IllegalArgumentException");
  }

  @Test
  void badTargetsAreReported() {
    class Narrow extends Normal {
      @Override
      public Optional<DataSource> targets() {
        return Optional.of(
            new Normal() {
              @Override
              public float[][] batch(long seed, long step, int size) {
                return new float[size][1];
              }
            });
      }
    }
    class Wandering extends Normal {
      private long calls;

      @Override
      public Optional<DataSource> targets() {
        return Optional.of(
            new Normal() {
              @Override
              public float[][] batch(long seed, long step, int size) {
                return super.batch(seed + calls++, step, size);
              }
            });
      }
    }
    Consumer<DataSourceContractTest> rule =
        DataSourceContractTest::targetsKeepTheirShapeAndBelongToTheArguments;
    assertBroken(Narrow::new, rule, "targets().batch gave a sample of 1 numbers");
    assertBroken(Wandering::new, rule, "gave other targets for the same arguments");
  }

  @Test
  void emptyDescriptionsAreReported() {
    class Silent extends Normal {
      @Override
      public String description() {
        return "";
      }
    }
    assertBroken(Silent::new, DataSourceContractTest::itSaysWhatItsSamplesAre, "one line");
  }
}
