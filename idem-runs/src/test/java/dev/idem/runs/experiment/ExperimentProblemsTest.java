package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All errors of a file are reported together, each with its place. */
class ExperimentProblemsTest {

  private final Reading reading = new Reading();
  private final Path temporary;

  ExperimentProblemsTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "method: ign\\nplan: {stepz: 5}         | my.yaml:2:8: unknown key 'plan.stepz'; did you mean 'plan.steps'?",
        "method: ign\\nsteps: 5                 | my.yaml:2:1: unknown key 'steps'; did you mean 'plan.steps'?",
        "method: ign\\nnois: white              | my.yaml:2:1: unknown key 'nois'; did you mean 'noise'?",
        "method: ign\\nplan: {zzzzzzzz: 5}      | my.yaml:2:8: unknown key 'plan.zzzzzzzz'; keys of 'plan': steps, epochs, batchSize",
        "method: ign\\nplan: 5                  | my.yaml:2:1: 'plan' is a section, not a key; its keys: steps",
        "method: ign\\nseeds: {a: 1}            | my.yaml:2:9: 'seeds' takes a value, not the key 'a'",
        "method: igm                            | my.yaml:1:9: unknown method 'igm'; did you mean 'ign'?",
        "noise: white                           | my.yaml:1:1: method is missing: one of reconstruction+substituted, ign",
        "method: ign\\nplan:\\n  steps: many    | my.yaml:3:10: plan.steps ('many') must be a whole number",
        "method: ign\\nplan:\\n  steps: 1.5     | my.yaml:3:10: plan.steps ('1.5') must be a whole number",
        "method: ign\\nplan:\\n  steps: 0       | my.yaml:3:10: plan.steps (0) must be from 1 to",
        "method: ign\\nplan:\\n  steps:         | my.yaml:3:3: plan.steps has no value",
        "method: ign\\nplan:\\n  steps: [1]     | my.yaml:3:10: plan.steps takes one value, not a list; a list of values is for 'idem sweep'",
        "method: ign\\nplan:\\n  steps: {from: 1, to: 9, count: 3} | my.yaml:3:11: plan.steps takes one value, not a range; a range of values is for 'idem sweep'",
        "method: ign\\nplan: {steps: {}} | my.yaml:2:15: plan.steps is empty; write its keys, or remove it",
        "method: ign\\nploan: {} | my.yaml:2:8: ploan is empty; write its keys, or remove it",
        "method: ign\\nseeds: [9223372036854775808] | my.yaml:2:9: seeds ('9223372036854775808') must be a whole number; it is beyond 9223372036854775807",
        "method: ign\\nplan: {learningRate: 1e400} | my.yaml:2:22: plan.learningRate ('1e400') must be a number; it is beyond 1.7976931348623157E308",
        "method: ign\\nplan: {foo: 1} | my.yaml:2:8: unknown key 'plan.foo'; keys of 'plan'",
        "method: ign\\nsweep: {design: random} | my.yaml:2:9: 'sweep.design' is for sweeps, which 'idem sweep' runs",
        "method: ign\\nsweep: 5 | my.yaml:2:1: 'sweep' is for sweeps, which 'idem sweep' runs",
        "method: ign\\nplan: {learningRate: -1} | my.yaml:2:22: plan.learningRate (-1) must be positive",
        "method: ign\\nplan: {learningRate: .nan} | my.yaml:2:22: plan.learningRate ('.nan') must be a number",
        "method: ign\\nplan: {steps: 5, epochs: 5} | my.yaml:2:18: plan.epochs and plan.steps exclude one another",
        "method: ign\\nplan: {optimizer: {momentum: 0.5}} | my.yaml:2:20: plan.optimizer.momentum is for plan.optimizer.name momentum; here plan.optimizer.name is adam",
        "method: ign\\nplan: {optimizer: {beta1: 1}} | my.yaml:2:27: plan.optimizer.beta1 (1) must be in [0, 1)",
        "method: ign\\nplan: {schedule: {name: step-decay}} | my.yaml:1:1: plan.schedule.every is missing",
        "method: ign\\nplan: {stop: {term: idempotency, below: 1}} | my.yaml:2:21: unknown plan.stop.term 'idempotency'; did you mean 'idempotence'?",
        "method: ign\\nstrategy: {weight: 1}    | my.yaml:2:12: strategy.weight is for",
        "method: reconstruction+substituted\\nstrategy: {coefficients: [1, 1]} | my.yaml:2:26: g(1) (2) must be 1",
        "method: ign\\nseeds: [1, 2, 1]         | my.yaml:2:8: seeds ([1, 2, 1]) must differ",
        "method: ign\\nseeds: []                | my.yaml:2:8: seeds ([]) must hold at least one",
        "method: ign\\nseeds: [1, [2]]          | my.yaml:2:12: a list holds single values only",
        "method: ign\\nengine: {device: gpux}   | my.yaml:2:18: engine.device: device ('gpux') must be auto, cpu, gpu or gpu:N",
        "method: ign\\nengine: {threads: 9999}  | my.yaml:2:19: engine.threads (9999) must be from 1 to 1024",
        "method: ign\\nengine: {precision: float16} | my.yaml:2:21: unknown engine.precision 'float16'; did you mean 'float32'",
        "method: ign\\nengine: {xla: maybe}     | my.yaml:2:15: engine.xla",
        "method: ign\\ndata: {source: mnits}    | my.yaml:2:16: data.source ('mnits') must be mnist, mnist:DIR, fetched:NAME or images:DIR; did you mean 'mnist'?",
        "method: ign\\ndata: {size: 32}         | my.yaml:2:8: data.size is for data.source images:DIR; here data.source is mnist",
        "method: ign\\npreset: paper\\ndata: {source: images:a, size: 32} | my.yaml:3:32: dcgan is for images of shape [28, 28, 1] or [64, 64, 3], not [32, 32, 3]",
        "method: ign\\nnetwork: {architecture: small}\\ndata: {source: images:a, size: 30} | my.yaml:2:25: small is for images whose height",
        "subject: map\\nstrategy: {name: subsituted}\\nnetwork: {name: mlp}\\ndata: {source: normal-16} | my.yaml:2:18: unknown strategy.name 'subsituted'; did you mean 'substituted'?",
        "subject: map\\nstrategy: {name: canonical, stepCap: 1}\\nnetwork: {name: mlp}\\ndata: {source: normal-16} | my.yaml:2:29: strategy.stepCap is for",
        "subject: map\\nstrategy: {name: canonical}\\nnetwork: {name: mlp}\\ndata: {source: normal-64} | my.yaml:4:16: data source 'x' (normal",
        "subject: map\\nstrategy: {name: canonical}\\nnetwork: {name: mlp}\\ndata: {source: normal-17} | my.yaml:4:16: unknown data source 'normal-17'; did you mean 'normal-16'?",
        "subject: map\\nstrategy: {name: canonical}\\nnetwork: {widths: [16, 8]}\\ndata: {source: normal-16} | my.yaml:3:19: output width (8) must equal input width (16)",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16} | my.yaml:1:1: network.name is missing (or network.widths)",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {widths: [16, 8, 16], code: 16} | my.yaml:4:38: network.code (16) must be less than the 16 numbers of a sample, the first of network.widths",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {widths: [16, 8, 16], code: 0} | my.yaml:4:38: network.code (0) must be from 1 to 65536",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {widths: [16, 8, 12], code: 4} | my.yaml:4:19: output width (12) must equal input width (16)",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {widths: [16, 8, 16], reflections: 2} | my.yaml:4:32: network.reflections is for network.code",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {name: mlp, code: 4} | my.yaml:4:22: network.code is for network.widths",
        "subject: map\\nstrategy: {name: canonical}\\ndata: {source: normal-16}\\nnetwork: {widths: [16, 8, 16], code: 4, normalization: batch} | my.yaml:4:38: mlp 12-8-4 leaky-relu, batch normalisation, last layer from zero normalises by batch statistics",
        "method: ign\\nmethod: ign              | my.yaml:2:1: duplicate key 'method'",
        "method: ign\\nplan.steps: 5            | my.yaml:2:1: key 'plan.steps' must be a single name",
        "plan: &a {steps: 5}                    | my.yaml:1:7: anchors and aliases",
        "method: *a                             | my.yaml:1:9: anchors and aliases",
        "- ign                                  | my.yaml:1:1: an experiment is keys and values",
        "method: ign\\n---\\nmethod: ign        | my.yaml:3:1: an experiment is one document",
        "method: [ign                           | my.yaml:1:13: invalid YAML: expected ',' or ']', but got <stream end>, while parsing a flow sequence from 1:9",
        "method: ign\\nplan:\\n\\tsteps: 3        | my.yaml:3:1: invalid YAML: a tab; use spaces",
        "method:\\tign                          | my.yaml:1:8: invalid YAML: a tab; use spaces",
        "method: ign\\nplan: {steps: @3}       | my.yaml:2:15: invalid YAML: found character '@', which cannot begin a value; put the value in quotes",
        "method: ign\\nnoise: \"C:\\pics\"        | my.yaml:2:12: invalid YAML: found unknown escape character p(112); in double quotes write \\\\ for a backslash, or use single quotes",
        "method: ign\\nnoise: \"C:\\Users\"       | my.yaml:2:13: invalid YAML: expected escape sequence of 8 hexadecimal numbers, but found: sers\"; in double quotes write \\\\",
        "method: ign\\nnoise: \"white          | invalid YAML: found unexpected end of stream, while scanning a quoted scalar from 2:8",
        "method: ign\\nplan: steps: 5          | my.yaml:2:12: invalid YAML: mapping values are not allowed here",
        "method: ign\\r\\nplan:\\r\\n\\tsteps: 3  | my.yaml:3:1: invalid YAML: a tab",
        "method: ign\\r\\nplan: {steps: 0}      | my.yaml:2:15: plan.steps (0) must be",
        "method: ign\\nplan:\\n  steps: !!str 5  | my.yaml:3:10: tags such as !!int are not allowed in experiment files",
        "method: ign\\nplan:\\n  steps: 010      | my.yaml:3:10: plan.steps ('010') must be a whole number; omit the leading zero, with which it would be octal in YAML 1.1 and decimal in 1.2",
        "method: ign\\nseeds: [1, -07]         | my.yaml:2:12: seeds ('-07') must be a whole number; omit the leading zero",
        "method: ign\\nplan: {learningRate: 00.1} | my.yaml:2:22: plan.learningRate ('00.1') must be a number; omit the leading zero",
        "method: ign\\nplan: {steps: 0x10}     | my.yaml:2:15: plan.steps ('0x10') must be a whole number",
        "method: ign\\nplan: {steps: 0o10}     | my.yaml:2:15: plan.steps ('0o10') must be a whole number",
        "method: ign\\nplan: {steps: '1:30'}   | my.yaml:2:15: plan.steps ('1:30') must be a whole number",
        "method: ign\\nplan: {steps: 1_000_}   | my.yaml:2:15: plan.steps ('1_000_') must be a whole number",
        "method: ign\\nplan: {learningRate: .inf} | my.yaml:2:22: plan.learningRate ('.inf') must be a number",
        "method: ign\\nrun: {stopOnCollapse: yes} | my.yaml:2:23: run.stopOnCollapse ('yes') must be true or false",
        "method: ign\\nplan: {<<: {steps: 5}}  | my.yaml:2:13: unknown key 'plan.<<.steps'",
        "method: ign\\nplan: {steps: 10, schedule: {warmUp: 10}} | my.yaml:2:38: plan.schedule.warmUp (10) must be less than steps (10): the schedule begins after the warm-up",
        "method: ign\\nplan: {steps: 9, schedule: {name: ramp, end: 9}} | my.yaml:2:46: plan.schedule.end (9) must be less than steps (9): a ramp ends before the run does",
        "method: ign\\nplan: {schedule: {end: 9}} | my.yaml:2:19: plan.schedule.end is for plan.schedule.name ramp; here plan.schedule.name is constant",
        "method: ign\\nplan: {steps: 90}\\nschedules: {tightness: {name: ramp, end: 90}} | my.yaml:3:42: schedules.tightness.end (90) must be less than steps (90): a ramp ends before the run does",
        "method: ign\\nschedules: {tightness: {name: ramp, end: 90, begin: 90}} | my.yaml:2:42: schedules.tightness.end (90) must be after begin (90)",
        "method: ign\\nschedules: {tightness: {name: ramp}} | my.yaml:1:1: schedules.tightness.end is missing: Step at which the ramp ends",
        "method: ign\\nschedules: {tightness: {name: ramp, end: 9, from: -1}} | my.yaml:2:51: schedules.tightness.from (-1) must be 0 or more",
        "method: ign\\nschedules: {tightness: {name: rampe}} | my.yaml:2:31: unknown schedules.tightness.name 'rampe'; did you mean 'ramp'?",
        "method: ign\\nschedules: {tightnes: {name: ramp}} | my.yaml:2:24: unknown key 'schedules.tightnes.name'; did you mean 'schedules.tightness.name'?",
        "method: ign\\nschedules: {tightness: {name: cosine, end: 9}} | my.yaml:2:39: schedules.tightness.end is for schedules.tightness.name ramp; here schedules.tightness.name is cosine",
        "method: ign\\nschedules: {idempotency: {name: cosine}} | my.yaml:2:27: schedules.idempotency.name is for method reconstruction+substituted, reconstruction+canonical or subject map; here method is ign",
        "method: ign\\nstrategy: {tightnessWeight: 0}\\nschedules: {tightness: {name: cosine}} | my.yaml:3:31: no term 'tightness' in the terms [reconstruction, idempotence]",
        "method: reconstruction\\nschedules: {tightness: {name: cosine}} | my.yaml:2:25: schedules.tightness.name is for method ign",
        "subject: map\\nstrategy: {name: canonical}\\nnetwork: {name: linear-16}\\ndata: {source: normal-16}\\nschedules: {reconstruction: {name: cosine}} | my.yaml:5:30: schedules.reconstruction.name is for subject generator or strategy.reconstructionWeight",
        "a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}} | my.yaml:1:40: sections nested more than 10 deep",
      })
  void eachHasItsPlace(String yaml, String problem) {
    String text = yaml.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    assertThat(reading.problems(text))
        .as("the problems, one a line")
        .anySatisfy(line -> assertThat(line).contains(problem));
  }

  @Test
  void allAreReportedTogether() {
    String yaml =
        """
        method: ign
        noise: pink
        plan:
          steps: -5
          learningrate: 1e-3
        seeds: [1, x]
        """;
    assertThatThrownBy(() -> reading.read(yaml, "plan.batchSize=0", "oops"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("unknown noise 'pink'")
        .extracting(thrown -> ((ExperimentException) thrown).problems())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "my.yaml:2:8: unknown noise 'pink'. Known: white, spectral, covariance",
            "my.yaml:4:10: plan.steps (-5) must be from 1 to 1000000000000",
            "my.yaml:5:3: unknown key 'plan.learningrate'; did you mean 'plan.learningRate'?",
            "my.yaml:6:12: seeds ('x') must be a whole number",
            "--set: 'oops' must be KEY=VALUE, as in plan.steps=500",
            "--set plan.batchSize=0: plan.batchSize (0) must be from 1 to 1000000");
  }

  @Test
  void aRangeIsReportedOnce() {
    assertThat(reading.problems("method: ign\nplan:\n  steps: {from: 1, to: 9, count: 3}"))
        .singleElement()
        .asString()
        .contains("my.yaml:3:11: plan.steps takes one value, not a range");
  }

  @Test
  void settingNothingIsReported() {
    assertThatThrownBy(() -> reading.read("method: ign", "plan="))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("--set: 'plan=' sets nothing; name a key and its value, as in plan.steps=500");
  }

  @Test
  void aMissingTooLargeOrBinaryFileIsReported() throws IOException {
    Path file = temporary.resolve("x.yaml");
    assertThatThrownBy(() -> reading.experiments().read(file, List.of()))
        .isInstanceOf(ExperimentException.class)
        .hasMessage(file + ": no such file");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> reading.experiments().read(file, List.of()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("larger than 1 MiB, the limit of an experiment file");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> reading.experiments().read(file, List.of()))
        .isInstanceOf(ExperimentException.class)
        .hasMessage(file + ": not UTF-8 text");
  }

  @Test
  void aFileOfTooManyKeysIsNotReadToItsEnd() {
    String yaml = "x: 1\n".repeat(2_000);
    assertThat(reading.problems(yaml)).hasSize(1_002).last().asString().contains("unknown key 'x'");
    assertThat(reading.problems(yaml)).contains("my.yaml:1001:1: more than 1000 keys");
  }

  @Test
  void anEmptyFileLacksWhatEveryExperimentNeeds() {
    assertThat(reading.problems("")).singleElement().asString().contains("method is missing");
  }

  @Test
  void aCharacterThatYamlDoesNotAllowHasItsPlace() {
    assertThat(reading.problems("method: ign\r\nnoise: \"a\u0007\"\n"))
        .containsExactly(
            "my.yaml:2:10: invalid YAML: the character U+0007 is not allowed; remove it");
    assertThat(reading.problems("method: ign # \uD83D\uDE00\u0000"))
        .containsExactly(
            "my.yaml:1:16: invalid YAML: the character U+0000 is not allowed; remove it");
    assertThat(reading.problems("method: ign\rnoise: \ud800"))
        .containsExactly(
            "my.yaml:2:8: invalid YAML: the character U+D800 is not allowed; remove it");
  }

  @Test
  void numbersAreReadAsTheyLook() {
    Settings settings =
        reading
            .read("method: ign\nplan: {steps: 1_000, batchSize: 1e2, learningRate: .5}")
            .settings();
    assertThat(settings.value("plan.steps")).contains(1_000L);
    assertThat(settings.value("plan.batchSize")).contains(100L);
    assertThat(settings.value("plan.learningRate")).contains(0.5);
    assertThat(reading.read("method: ign", "plan.learningRate=1e-4").settings())
        .isEqualTo(reading.read("method: ign\nplan: {learningRate: 0.0001}").settings());
    assertThat(reading.problems("method: ign", "plan.steps=010"))
        .singleElement()
        .asString()
        .contains("plan.steps ('010') must be a whole number; omit the leading zero");
  }
}
