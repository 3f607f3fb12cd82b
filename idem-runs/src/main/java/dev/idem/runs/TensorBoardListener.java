package dev.idem.runs;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.zip.CRC32C;

/**
 * Writes a run as an event file for TensorBoard: each step's terms, gradient norm and learning rate
 * as scalars; at each evaluation metrics as scalars, every parameter as a histogram, and images.
 * Point TensorBoard at the folder.
 */
final class TensorBoardListener extends RunFile {

  private static final String NAME = "events.out.tfevents.0.idem";
  private static final double MILLIS = 1e3;

  // The header of a PNG file.
  private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int PNG_WIDTH = 16;
  private static final int PNG_HEIGHT = 20;
  private static final int PNG_HEADER = 24;

  private static final NavigableSet<Double> BUCKET_LIMITS = bucketLimits();

  private final InstantSource clock;
  private final Map<String, ToDoubleFunction<NetworkView>> metrics;
  private final Map<String, Function<NetworkView, byte[]>> images;
  private List<String> parameters = List.of();

  /**
   * A listener, to be closed after the run.
   *
   * @param folder that TensorBoard is pointed at; created if it does not exist
   * @param metrics by name, measured at each evaluation
   * @param images by name, drawn at each evaluation as PNG files
   */
  TensorBoardListener(
      Path folder,
      Map<String, ToDoubleFunction<NetworkView>> metrics,
      Map<String, Function<NetworkView, byte[]>> images,
      InstantSource clock)
      throws IOException {
    super("tensorboard", folder.resolve(NAME));
    this.metrics = metrics;
    this.images = images;
    this.clock = clock;
  }

  @Override
  public void started(TrainingTask task) {
    super.started(task);
    append(record(event(0).text(3, "brain.Event:2").content()));
    remember(task);
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    super.resumed(task, stepsDone);
    remember(task);
  }

  private void remember(TrainingTask task) {
    parameters = task.network().parameters().stream().map(ParameterSpec::name).toList();
  }

  @Override
  public void stepped(StepReport report) {
    Message summary = new Message();
    report.terms().forEach((term, value) -> scalar(summary, "term/" + term, value));
    scalar(summary, "gradient norm", report.gradientNorm());
    scalar(summary, "learning rate", report.learningRate());
    write(report.step() + 1, summary);
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    Message summary = new Message();
    metrics.forEach(
        (name, metric) -> scalar(summary, "metric/" + name, metric.applyAsDouble(network)));
    for (String name : parameters) {
      Message histogram = histogram(network.parameter(name));
      summary.message(1, new Message().text(1, "parameter/" + name).message(5, histogram));
    }
    images.forEach(
        (name, drawn) ->
            summary.message(
                1, new Message().text(1, name).message(4, image(drawn.apply(network)))));
    write(stepsDone, summary);
  }

  private static void scalar(Message summary, String tag, double value) {
    summary.message(1, new Message().text(1, tag).single(2, (float) value));
  }

  private Message event(long step) {
    double seconds = clock.instant().toEpochMilli() / MILLIS;
    return new Message().number(1, seconds).integer(2, step);
  }

  private void write(long step, Message summary) {
    append(record(event(step).message(5, summary).content()));
  }

  /**
   * A record of a TFRecord file: the length of its content as 64 bits, that length's checksum, the
   * content, and the content's checksum; little-endian.
   */
  static byte[] record(byte[] content) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + content.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    return record.put(content).putInt(checksum(content, content.length)).array();
  }

  /** CRC-32C, rotated right by 15 bits and shifted by a constant. */
  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /**
   * TensorFlow's {@code Summary.Image}; 1 is its word for grey, which readers do not heed.
   *
   * @throws IllegalArgumentException if {@code png} does not begin with the header of a PNG file
   */
  static Message image(byte[] png) {
    ByteBuffer header = ByteBuffer.wrap(png);
    Require.argument(
        png.length >= PNG_HEADER && header.getLong(0) == PNG_SIGNATURE,
        "image of %s bytes is not a PNG",
        png.length);
    int width = Require.positive("image width", header.getInt(PNG_WIDTH));
    int height = Require.positive("image height", header.getInt(PNG_HEIGHT));
    return new Message().integer(1, height).integer(2, width).integer(3, 1).bytes(4, png);
  }

  /**
   * TensorFlow's {@code HistogramProto}, with the limits of its own histograms. Values that are not
   * finite are left out.
   */
  private static Message histogram(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    Map<Double, Double> buckets = new TreeMap<>();
    for (double value : values) {
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        squares += value * value;
        count++;
        Double limit = BUCKET_LIMITS.higher(value);
        buckets.merge(limit == null ? Double.MAX_VALUE : limit, 1.0, Double::sum);
      }
    }
    return new Message()
        .number(1, count == 0 ? 0 : min)
        .number(2, count == 0 ? 0 : max)
        .number(3, (double) count)
        .number(4, sum)
        .number(5, squares)
        .numbers(6, buckets.keySet())
        .numbers(7, buckets.values());
  }

  /** Growing by a tenth from 1e-12 to 1e20, on both sides of zero. */
  private static NavigableSet<Double> bucketLimits() {
    NavigableSet<Double> limits = new TreeSet<>(List.of(0.0));
    for (double limit = 1e-12; limit < 1e20; limit *= 1.1) {
      limits.add(limit);
      limits.add(-limit);
    }
    return limits;
  }

  /** A protocol buffer, field by field: TensorBoard's few messages need no generated code. */
  static final class Message {

    private final UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();

    Message number(int field, double value) {
      return with(field, Field.newBuilder().addFixed64(Double.doubleToRawLongBits(value)));
    }

    Message single(int field, float value) {
      return with(field, Field.newBuilder().addFixed32(Float.floatToRawIntBits(value)));
    }

    Message integer(int field, long value) {
      return with(field, Field.newBuilder().addVarint(value));
    }

    Message text(int field, String value) {
      return bytes(field, ByteString.copyFromUtf8(value));
    }

    Message bytes(int field, byte[] value) {
      return bytes(field, ByteString.copyFrom(value));
    }

    Message message(int field, Message value) {
      return bytes(field, value.fields.build().toByteString());
    }

    /** Numbers, one after the other under one tag. */
    Message numbers(int field, Collection<Double> values) {
      ByteBuffer packed =
          ByteBuffer.allocate(values.size() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      values.forEach(packed::putDouble);
      return bytes(field, packed.array());
    }

    private Message bytes(int field, ByteString value) {
      return with(field, Field.newBuilder().addLengthDelimited(value));
    }

    private Message with(int field, Field.Builder value) {
      fields.mergeField(field, value.build());
      return this;
    }

    byte[] content() {
      return fields.build().toByteArray();
    }
  }
}
