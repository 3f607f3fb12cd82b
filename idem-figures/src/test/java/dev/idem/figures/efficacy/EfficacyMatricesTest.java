package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.FigureContext.Preset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EfficacyMatricesTest {

  private final EfficacyMatrices matrices = EfficacyMatrices.of(Preset.SMOKE, 1);

  @Test
  void everyIterationIsMeasuredAtEveryGap() {
    assertThat(matrices.table().rows()).hasSize(6 * 4);
    assertThat(matrices.sentences()).hasSize(6);
  }

  @Test
  void theMatricesDependOnTheSeedAlone() {
    assertThat(EfficacyMatrices.of(Preset.SMOKE, 1).table()).isEqualTo(matrices.table());
  }

  @Test
  void theSequenceMadeForTheGapTakesNoMoreProductsThanTheCubic() {
    for (int gap = 0; gap < 6; gap++) {
      List<List<Object>> rows = matrices.table().rows();
      double cubic = (double) rows.get(4 * gap).get(5);
      double fitted = (double) rows.get(4 * gap + 3).get(5);
      assertThat(fitted).isLessThanOrEqualTo(cubic);
    }
  }
}
