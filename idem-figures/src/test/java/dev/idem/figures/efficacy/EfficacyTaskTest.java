package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.FigureContext.Preset;
import java.util.HashSet;
import java.util.Set;
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

  @Test
  void smokeTrainsEachTaskFromOneStartAndEachStartInSomeTask() {
    Set<String> labels = new HashSet<>();
    for (EfficacyTask task : EfficacyTask.all()) {
      assertThat(task.starts(Preset.SMOKE)).as(task.name()).hasSize(1);
      assertThat(task.starts(Preset.QUICK)).isEqualTo(task.starts());
      assertThat(task.starts(Preset.PAPER)).isEqualTo(task.starts());
      labels.add(task.starts(Preset.SMOKE).get(0).label());
    }
    assertThat(labels)
        .containsExactlyInAnyOrder("fan-in", "fan-in, zero bias", "unit gain", "near idempotent");
  }
}
