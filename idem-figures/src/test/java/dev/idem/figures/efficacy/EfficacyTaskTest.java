package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.FigureContext.Preset;
import org.junit.jupiter.api.Test;

class EfficacyTaskTest {

  @Test
  void theTableHasFiveArchitecturesFromThreeStartsEach() {
    assertThat(EfficacyTask.all()).hasSize(5);
    for (EfficacyTask task : EfficacyTask.all()) {
      assertThat(task.starts()).as(task.name()).hasSize(3);
      assertThat(task.starts().stream().map(EfficacyTask.Start::label)).doesNotHaveDuplicates();
      assertThat(task.rates()).as(task.name()).contains(task.equalRate());
    }
  }

  @Test
  void thePaperPresetHasTenSeedsEverywhereAndQuickAtLeastThree() {
    for (EfficacyTask task : EfficacyTask.all()) {
      assertThat(task.seeds().of(Preset.PAPER)).as(task.name()).isEqualTo(10);
      assertThat(task.seeds().of(Preset.QUICK)).as(task.name()).isGreaterThanOrEqualTo(3);
    }
  }
}
