package dev.idem.models.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileCardTest {

  @Test
  void aCardDependsOnTheContentAndNotOnHowItIsCut() {
    FileCard whole = FileCard.of(new byte[] {1, 2, 3});
    assertThat(FileCard.of(new byte[] {1}, new byte[] {2, 3})).isEqualTo(whole);
    assertThat(FileCard.of(new byte[] {1, 2, 4})).isNotEqualTo(whole);
    assertThat(FileCard.of(new byte[0]).sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
