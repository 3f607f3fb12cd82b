package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Files with random damage are read or refused, and what is read can be printed and read again. How
 * many is {@code -Didem.fuzzTries}, 600 if not given.
 */
class ExperimentFuzzTest {

  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 600);

  private static final String VALID =
      """
      method: reconstruction+substituted
      data: {source: "images:my pictures", size: 32, grey: true}
      strategy: {weight: 0.3, coefficients: [0, 3, -2], stepCap: 0.5}
      plan:
        steps: 1e5
        learningRate: 2e-4
        optimizer: {name: adamw, weightDecay: 0.1}
        schedule: {name: cosine, floor: 0.5, warmUp: 10}
        stop: {term: reconstruction, below: 1e-3}
      seeds: [3, -1]
      run:
        out: runs/a
        listeners: [jsonl, tensorboard]
        earlyStopping: {metric: relative-error, patience: 4}
      engine: {device: cpu, threads: 3}
      """;

  private static final String[] PIECES = {
    ":",
    ": ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[[[[[",
    "{a: {a: {a: {a: ",
    "- ",
    "&a ",
    "*a",
    "!!int ",
    "!x",
    "'",
    "\"",
    "\\",
    "#",
    "%",
    "|\n",
    ">\n",
    "---\n",
    "...\n",
    "\t",
    "\u0000",
    "\u0007",
    "\u0085",
    "\uFEFF",
    "\uD800",
    "\u2028",
    "\uD83D\uDE00",
    "1e999",
    "-0",
    "1e-999",
    "9223372036854775808",
    "0x1F",
    "1:30",
    ".inf",
    "null",
    "~",
    "true",
    "<<: ",
    "? ",
    ",",
    "=",
    "plan",
    "steps",
    "method: ign\n",
    "subject: map\n",
    "preset: paper\n",
    "\"\\x85\"",
    "\"\\0\""
  };

  private final Reading reading = new Reading();

  @Test
  void damageIsReportedAndNothingElseIsThrown() {
    for (int i = 0; i < TRIES; i++) {
      try {
        damageIsReported(RandomStreams.stream(1, "damaged experiment", i));
      } catch (RuntimeException e) {
        throw new AssertionError("damage " + i, e);
      }
    }
  }

  private void damageIsReported(RandomGenerator random) {
    String yaml = damaged(random);
    List<String> overrides = new ArrayList<>();
    for (int i = random.nextInt(2); i > 0; i--) {
      String[] lines = VALID.split("\n", -1);
      overrides.add(lines[random.nextInt(lines.length)].strip().replace(": ", "=") + piece(random));
    }
    try {
      Experiment experiment = reading.experiments().of(yaml, Reading.NAME, overrides);
      String printed = experiment.settings().print();
      assertThat(reading.experiments().of(printed, "printed.yaml", List.of()))
          .as(printed)
          .isEqualTo(experiment);
    } catch (ExperimentException e) {
      assertThat(e.problems())
          .isNotEmpty()
          .allSatisfy(
              problem -> {
                assertThat(problem).matches("(my\\.yaml(:\\d+:\\d+)?|--set.*): .+");
                assertThat(problem).doesNotContain("\n", "\r", "\u0000");
              });
    }
  }

  private static String damaged(RandomGenerator random) {
    StringBuilder yaml = new StringBuilder(VALID);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(yaml.length() + 1);
      int end = Math.min(yaml.length(), at + random.nextInt(random.nextInt(12) + 1));
      switch (random.nextInt(3)) {
        case 0 -> yaml.delete(at, end);
        case 1 -> yaml.insert(at, piece(random));
        default -> yaml.replace(at, end, piece(random));
      }
    }
    return yaml.toString();
  }

  private static String piece(RandomGenerator random) {
    return PIECES[random.nextInt(PIECES.length)];
  }
}
