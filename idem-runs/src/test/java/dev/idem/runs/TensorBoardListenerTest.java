package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/** What was written is what TensorFlow's own messages read. */
class TensorBoardListenerTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_500));

  @TempDir Path folder;

  @Test
  void scalarsHistogramsAndImagesAreReadBack() throws IOException {
    TrainingTask task = LinearRun.task(3);
    try (TensorBoardListener listener = listener()) {
      listener.started(task);
      listener.evaluated(0, LinearRun.view(new double[] {-1, 0, 0.25, 0.25}));
      listener.stepped(new StepReport(0, Map.of("loss", 0.5), 2, 0.1));
      listener.finished(1, "completed");
    }
    List<Event> events = events();

    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).getWallTime()).isEqualTo(1.5);
    Summary evaluation = events.get(1).getSummary();
    assertThat(value(evaluation, "metric/width").getSimpleValue()).isEqualTo(2f);
    HistogramProto histogram = value(evaluation, "parameter/" + LinearRun.KERNEL).getHisto();
    assertThat(histogram.getNum()).isEqualTo(4);
    assertThat(histogram.getMin()).isEqualTo(-1);
    assertThat(histogram.getMax()).isEqualTo(0.25);
    assertThat(histogram.getSum()).isEqualTo(-0.5, within(1e-12));
    assertThat(histogram.getBucketList()).containsExactly(1.0, 1.0, 2.0);
    assertThat(histogram.getBucketLimitList()).isSorted();
    Summary.Image image = value(evaluation, "sample").getImage();
    assertThat(image.getWidth()).isEqualTo(5);
    assertThat(image.getHeight()).isEqualTo(4);
    assertThat(image.getEncodedImageString().toByteArray()).isEqualTo(png(5, 4));
    assertThat(events.get(2).getStep()).isEqualTo(1);
    assertThat(value(events.get(2).getSummary(), "term/loss").getSimpleValue()).isEqualTo(0.5f);
    assertThat(events).hasSize(3);
  }

  @Test
  void aResumedRunRewritesItsOutputAndNothingElse() throws IOException {
    Map<String, double[]> saved;
    try (TensorBoardListener listener = listener()) {
      listener.started(LinearRun.task(3));
      listener.stepped(new StepReport(0, Map.of("loss", 0.5), 2, 0.1));
      saved = listener.save();
      listener.stepped(new StepReport(1, Map.of("loss", 0.4), 2, 0.1));
    }
    byte[] whole = Files.readAllBytes(file());
    try (TensorBoardListener listener = listener()) {
      listener.restore(saved);
      listener.resumed(LinearRun.task(3), 1);
      listener.stepped(new StepReport(1, Map.of("loss", 0.4), 2, 0.1));
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  private TensorBoardListener listener() throws IOException {
    return new TensorBoardListener(
        folder,
        Map.of("width", network -> network.shape().size()),
        Map.of("sample", network -> png(5, 4)),
        CLOCK);
  }

  private static byte[] png(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private Path file() {
    return folder.resolve("events.out.tfevents.0.idem");
  }

  private static Summary.Value value(Summary summary, String tag) {
    return summary.getValueList().stream()
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow();
  }

  private List<Event> events() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.mark().get(length);
      bytes.reset();
      byte[] content = new byte[(int) bytes.getLong()];
      assertThat(bytes.getInt()).isEqualTo(TensorBoardListener.checksum(length, 8));
      bytes.get(content);
      assertThat(bytes.getInt()).isEqualTo(TensorBoardListener.checksum(content, content.length));
      events.add(Event.parseFrom(content));
    }
    return events;
  }

  @Test
  void anImageGivesItsSizeAndOtherFilesAreRefused() throws IOException {
    Summary.Image image = Summary.Image.parseFrom(TensorBoardListener.image(png(300, 2)).content());
    assertThat(image.getWidth()).isEqualTo(300);
    assertThat(image.getHeight()).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorBoardListener.image(new byte[30]))
        .withMessage("image of 30 bytes is not a PNG");
    assertThatIllegalArgumentException().isThrownBy(() -> TensorBoardListener.image(new byte[3]));
  }

  /** The check value of CRC-32C, masked as TensorFlow masks it. */
  @Test
  void theChecksumIsTensorFlows() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    int crc = 0xe3069283;

    assertThat(TensorBoardListener.checksum(digits, digits.length))
        .isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
    assertThat(Arrays.copyOf(TensorBoardListener.record(digits), 8))
        .containsExactly(9, 0, 0, 0, 0, 0, 0, 0);
  }
}
