package dev.idem.models.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.NetworkState;
import dev.idem.models.network.LinearMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  private static final LinearMap NETWORK = new LinearMap(3);

  @Test
  void aStateComesBackInSinglePrecision() {
    NetworkState state = new NetworkState(InitialParameters.of(NETWORK, 1), Map.of());
    byte[] content = StateFile.content(NETWORK, state);
    assertThat(content).hasSize(9 * 4);
    NetworkState back = StateFile.state(NETWORK, List.of(), content);
    for (String name : state.parameterNames()) {
      double[] expected = state.parameter(name);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) expected[i];
      }
      assertThat(back.parameter(name)).containsExactly(expected);
    }
    assertThat(StateFile.content(NETWORK, back)).isEqualTo(content);
  }

  @Test
  void aFileOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> StateFile.state(NETWORK, List.of(), new byte[35]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("35 bytes are not a state of")
        .hasMessageContaining("9 values of 4 bytes");
  }

  @Test
  void aCardDependsOnTheContentAndNotOnHowItIsCut() {
    FileCard whole = FileCard.of(new byte[] {1, 2, 3});
    assertThat(FileCard.of(new byte[] {1}, new byte[] {2, 3})).isEqualTo(whole);
    assertThat(FileCard.of(new byte[] {1, 2, 4})).isNotEqualTo(whole);
    assertThat(FileCard.of(new byte[0]).sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndLeavesNothing(@TempDir Path folder) throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken").resolve("below")).getParent();
    assertThatThrownBy(() -> SafeFiles.write(folder, "taken", new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(taken + " could not be written");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }
}
