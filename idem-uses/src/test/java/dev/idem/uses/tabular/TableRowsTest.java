package dev.idem.uses.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.random.RandomStreams;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableRowsTest {

  private static final TableRows CANCER = new TableRows(NumericTable.breastCancer());

  static TableRows rows(String csv, String... label) {
    try {
      Optional<String> column = Arrays.stream(label).findFirst();
      return new TableRows(new TableReader("t", column).read(new StringReader(csv)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<Float>> boxed(float[][] rows) {
    List<List<Float>> boxed = new ArrayList<>();
    for (float[] row : rows) {
      boxed.add(IntStream.range(0, row.length).mapToObj(j -> row[j]).toList());
    }
    return boxed;
  }

  @Test
  void theCommonestLabelIsSplitAndTheOthersAreAnomalies() {
    assertThat(CANCER.trainingSize()).isEqualTo(250);
    assertThat(CANCER.heldOutSize()).isEqualTo(107);
    assertThat(CANCER.anomalies()).hasNumberOfRows(212);
    assertThat(CANCER.description())
        .isEqualTo(
            "Wisconsin breast cancer data: 250 training rows of 30 numbers, 107 held out, 212"
                + " anomalies");
  }

  @Test
  void noRowIsBothTrainedOnAndHeldOut() {
    Set<List<Float>> training = new HashSet<>(boxed(CANCER.trainingRows()));
    assertThat(training).hasSize(250).doesNotContainAnyElementsOf(boxed(CANCER.heldOut(7, 107)));
    assertThat(training).doesNotContainAnyElementsOf(boxed(CANCER.anomalies()));
    assertThat(training).containsAll(boxed(CANCER.batch(3, 5, 64)));
  }

  @Test
  void trainingRowsHaveMeanZeroAndVarianceOne() {
    float[][] rows = CANCER.trainingRows();
    for (int column = 0; column < 30; column++) {
      int j = column;
      assertThat(Arrays.stream(rows).mapToDouble(row -> row[j]).average().orElseThrow())
          .isCloseTo(0, within(1e-6));
      assertThat(Arrays.stream(rows).mapToDouble(row -> row[j] * row[j]).average().orElseThrow())
          .isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aMissingCellIsTheMeanAndCountsForNone() {
    StringBuilder csv = new StringBuilder("a,b\n");
    for (int i = 0; i < 10; i++) {
      csv.append(i % 2).append(',').append(i == 4 ? "" : i).append('\n');
    }
    TableRows rows = rows(csv.toString());
    assertThat(rows.trainingSize()).isEqualTo(7);
    assertThat(rows.heldOutSize()).isEqualTo(3);
    assertThat(rows.anomalies()).isEmpty();
    int missing = 0;
    for (int i = 0; i < 7; i++) {
      if (Float.isNaN(rows.observedTraining(i)[1])) {
        assertThat(rows.trainingSample(i)[1]).isZero();
        missing++;
      }
    }
    for (int i = 0; i < 3; i++) {
      missing += Float.isNaN(rows.observedHeldOut(i)[1]) ? 1 : 0;
    }
    assertThat(missing).isEqualTo(1);
  }

  @Test
  void tablesThatCannotBeSplitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows("a,b\n1,2\n3,4\n"))
        .withMessage("table t: 2 normal rows; at least 10 are needed to train and to hold out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows("a,b,k\n1,2,x\n3,4,x\n5,6,y\n", "k"))
        .withMessage(
            "table t: 2 normal rows, those labelled 'x'; at least 10 are needed to train and to"
                + " hold out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows("a,b,k\n1,2,x\n3,4,x\n", "k"))
        .withMessage(
            "table t: every label is 'x'; name no label column, or add rows with another label");
  }

  @Test
  void aColumnThatIsConstantAmongTheNormalRowsAloneIsRefused() {
    StringBuilder csv = new StringBuilder("a,b,k\n");
    for (int i = 0; i < 10; i++) {
      csv.append(i).append(",7,x\n");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows(csv + "1,8,y\n", "k"))
        .withMessage(
            "table t, column 'b': the 7 training rows have the standard deviation 0, numbers [7.0];"
                + " drop the column");
  }

  @Test
  void damageIsAFunctionOfSeedAndStepAndTargetsAreTheCleanRows() {
    for (Damage damage : Damage.values()) {
      float[][] batch = damage.source(CANCER).batch(1, 2, 20);
      assertThat(damage.source(CANCER).batch(1, 2, 20)).isDeepEqualTo(batch);
      assertThat(boxed(damage.source(CANCER).batch(1, 3, 20))).isNotEqualTo(boxed(batch));
      assertThat(boxed(damage.source(CANCER).batch(2, 2, 20))).isNotEqualTo(boxed(batch));
      float[][] targets = damage.source(CANCER).targets().orElseThrow().batch(1, 2, 20);
      assertThat(targets).isDeepEqualTo(CANCER.batch(1, 2, 20));
      float[][] held = damage.source(CANCER).heldOut(1, 20);
      float[][] heldTargets = damage.source(CANCER).targets().orElseThrow().heldOut(1, 20);
      int share = damage == Damage.MISSING ? 9 : 6;
      for (int i = 0; i < 20; i++) {
        assertThat(changed(batch[i], targets[i])).isEqualTo(share);
        assertThat(changed(held[i], heldTargets[i])).isEqualTo(share);
      }
    }
  }

  private static long changed(float[] a, float[] b) {
    return IntStream.range(0, a.length).filter(j -> a[j] != b[j]).count();
  }

  @Test
  void missingCellsAreTheMeanAndWrongOnesOtherNumbersOfTheirColumn() {
    float[] row = CANCER.observedHeldOut(0);
    float[] missing = Damage.MISSING.of(row, CANCER, RandomStreams.stream(1, "test", 0));
    float[] wrong = Damage.WRONG.of(row, CANCER, RandomStreams.stream(1, "test", 0));
    for (int column = 0; column < row.length; column++) {
      int j = column;
      assertThat(missing[j] == 0 || missing[j] == row[j]).isTrue();
      assertThat(
              wrong[j] == row[j]
                  || IntStream.range(0, 250).anyMatch(i -> CANCER.trainingSample(i)[j] == wrong[j]))
          .isTrue();
    }
  }

  @Property(tries = 50, seed = "1")
  void everyRowKeepsACellAndMissingOnesAreNoDamage(@ForAll long seed) {
    TableRows rows =
        rows(
            """
            a,b,c
            1,2,
            2,3,5
            3,1,4
            4,,
            5,6,7
            6,5,4
            7,1,3
            8,5,1
            9,4,6
            10,3,2
            11,,
            12,9,1
            """);
    for (Damage damage : Damage.values()) {
      for (int i = 0; i < rows.trainingSize(); i++) {
        float[] row = rows.observedTraining(i);
        float[] damaged = damage.of(row, rows, RandomStreams.stream(seed, "test", i));
        int kept = 0;
        for (int j = 0; j < 3; j++) {
          if (Float.isNaN(row[j])) {
            assertThat(damaged[j]).isZero();
          } else {
            kept += damaged[j] == row[j] ? 1 : 0;
          }
        }
        assertThat(kept).isPositive();
      }
    }
  }
}
