package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.models.classifier.ClassifierFolder;
import dev.idem.models.classifier.ClassifierModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier's training, from the command line to the files. */
class ClassifierIT {

  @Test
  void theCommandTrainsAClassifierAndWritesIt(@TempDir Path temporary) throws IOException {
    Path out = temporary.resolve("classifier");
    Console console =
        Console.run(
            "classifier", "--data", "mnist", "--seed", "3", "--threads", "1", "--out", "" + out);
    assertThat(console.err()).isEmpty();
    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("note       trains on 9,000", "93,242 parameters", "of 1,000 digits held out");
    ClassifierModel model = ClassifierFolder.load(out);
    assertThat(model.card().accuracy()).isGreaterThan(0.95);
    assertThat(model.card().seed()).isEqualTo(3);
  }
}
