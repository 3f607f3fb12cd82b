package dev.idem.figures.run;

import dev.idem.api.random.RandomStreams;
import dev.idem.figures.run.RunReport.Snapshot;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** A run's files, and the report of them. */
final class TypicalRun {

  /** As a folder or a data set may be called. */
  static final String HOSTILE = "<script>alert(\"1 & 2\")</script>";

  private static final int STEPS = 5_000;

  private TypicalRun() {}

  static Measurements steps(Path folder) throws IOException {
    RandomGenerator random = RandomStreams.stream(1, "steps", 0);
    StringBuilder csv =
        new StringBuilder("step,reconstruction,\"a \"\"b\"\", c\",gradient norm,learning rate\n");
    for (int step = 0; step < STEPS; step++) {
      double loss = Math.exp(-step / 500.0) + 0.01 * random.nextDouble();
      csv.append(step).append(',').append(loss).append(',').append(loss / 1e4);
      csv.append(',').append(random.nextDouble()).append(",0.001\n");
    }
    return Measurements.read(Files.writeString(folder.resolve("steps.csv"), csv));
  }

  static Measurements evaluations(Path folder, String... rows) throws IOException {
    String csv = "steps done,idempotency-error,power\n" + String.join("\n", rows) + "\n";
    return Measurements.read(Files.writeString(folder.resolve("metrics.csv"), csv));
  }

  /** A PNG file that cannot be compressed. */
  static byte[] noise(int width, int height) throws IOException {
    RandomGenerator random = RandomStreams.stream(2, "noise", 0);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  /** Snapshots of two kinds at six steps. */
  static List<Snapshot> snapshots(byte[] png) {
    List<Snapshot> snapshots = new ArrayList<>();
    for (long step = 0; step <= STEPS; step += STEPS / 5) {
      snapshots.add(new Snapshot(step, "projections", png));
      snapshots.add(new Snapshot(step, "samples", png));
    }
    return snapshots;
  }

  static RunReport report(
      Measurements steps,
      Measurements evaluations,
      List<Snapshot> snapshots,
      Optional<byte[]> samples) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("method", "substituted");
    facts.put("data", HOSTILE);
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("Continue the run:", "./idem run --resume '" + HOSTILE + "'");
    return new RunReport(
        "Run " + HOSTILE,
        Optional.of("step 1: " + HOSTILE),
        facts,
        steps,
        evaluations,
        Map.of("power", "Mean of f(x)²."),
        samples,
        snapshots,
        "data: {source: '%s'}\n".formatted(HOSTILE) + "key: " + "value ".repeat(40) + "\n",
        Map.of("engine", HOSTILE),
        commands);
  }

  static String page(Path folder) throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }
}
