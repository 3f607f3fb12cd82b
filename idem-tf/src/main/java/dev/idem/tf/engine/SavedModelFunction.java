package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.tf.engine.SavedModelSignature.Endpoint;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * A TensorFlow SavedModel, whoever wrote it, as a function on samples: a map f whose idempotency is
 * measured, or an extractor of features, such as Inception's, that distances are taken on.
 *
 * <p>Samples are rows, row-major, as everywhere; they are reshaped to what the signature declares,
 * applied in batches, and each sample's output is flattened to a row.
 *
 * <pre>{@code
 * try (SavedModelFunction f = SavedModelFunction.at(folder).signature("apply").open()) {
 *   float[][] y = f.apply(x);
 * }
 * }</pre>
 *
 * <p>Several threads may apply one function. Closing twice does nothing.
 */
public final class SavedModelFunction implements UnaryOperator<float[][]>, AutoCloseable {

  private final Path folder;
  private final SavedModelSignature choice;
  private final Shape sample;
  private final int batchSize;
  private final SavedModelBundle bundle;
  private volatile boolean sameShape;
  private volatile boolean closed;

  private SavedModelFunction(
      Path folder,
      SavedModelSignature choice,
      Shape sample,
      int batchSize,
      SavedModelBundle bundle) {
    this.folder = folder;
    this.choice = choice;
    this.sample = sample;
    this.batchSize = batchSize;
    this.bundle = bundle;
  }

  /** The function stored in {@code folder}, to be chosen more closely. */
  public static Builder at(Path folder) {
    return new Builder(folder);
  }

  /** Selects the function within a SavedModel. */
  public static final class Builder {

    private final Path folder;
    private Optional<String> signature = Optional.empty();
    private Optional<String> input = Optional.empty();
    private Optional<String> output = Optional.empty();
    private Optional<Shape> sample = Optional.empty();
    private int batchSize = 64;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /**
     * The name of the signature; {@code serving_default}, or the only one that takes one float32
     * tensor and nothing else, unless given.
     */
    public Builder signature(String name) {
      signature = Optional.of(Require.notBlank("signature", name));
      return this;
    }

    /** The signature's input that samples are fed to; its only one of float32 unless given. */
    public Builder input(String name) {
      input = Optional.of(Require.notBlank("input", name));
      return this;
    }

    /** The signature's output; its only one of float32 unless given. */
    public Builder output(String name) {
      output = Optional.of(Require.notBlank("output", name));
      return this;
    }

    /**
     * The shape of one sample, which a signature with unknown dimensions needs, such as one that
     * takes images of any height and width.
     */
    public Builder sampleShape(Shape shape) {
      sample = Optional.of(shape);
      return this;
    }

    /** The most samples in one application; 64 unless given. */
    public Builder batchSize(int size) {
      batchSize = Require.positive("batchSize", size);
      return this;
    }

    /** Loads it, for the CPU and one thread. */
    public SavedModelFunction open() throws IOException {
      return open(new EngineOptions(new Device.Cpu(), 1));
    }

    /**
     * Loads it.
     *
     * @throws IOException if the folder holds no SavedModel, or a damaged one
     * @throws IllegalArgumentException if it has no such signature, input or output, one is not of
     *     float32 or not for any batch size, the signature needs a second input, or the shape of a
     *     sample is not known or not that
     */
    public SavedModelFunction open(EngineOptions options) throws IOException {
      SavedModelSignature choice = SavedModelSignature.of(folder, signature, input, output);
      choice.input().requireSinglePrecision();
      choice.output().requireSinglePrecision();
      choice.input().requireAnyBatch();
      choice.output().requireAnyBatch();
      Shape shape = sampleOf(choice.input());
      SavedModelBundle bundle = load(options);
      try {
        requireOneInput(bundle.graph(), choice);
      } catch (IllegalArgumentException e) {
        bundle.close();
        throw e;
      }
      return new SavedModelFunction(folder, choice, shape, batchSize, bundle);
    }

    /** Another input is not fed, so that the output must not depend on it. */
    private static void requireOneInput(Graph graph, SavedModelSignature choice) {
      Set<String> needed = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(operation(choice.output())));
      while (!open.isEmpty()) {
        String name = open.remove();
        GraphOperation operation = graph.operation(name);
        if (operation != null && needed.add(name)) {
          operation.inputs().forEach(input -> open.add(input.op().name()));
        }
      }
      for (Endpoint other : choice.others()) {
        GraphOperation operation = graph.operation(operation(other));
        Require.argument(
            operation == null
                || !operation.type().equals(Placeholder.OP_NAME)
                || !needed.contains(operation.name()),
            "signature '%s' of the SavedModel needs a value for its input '%s' too; choose a"
                + " signature of one input",
            choice.signature(),
            other.name());
      }
    }

    private static String operation(Endpoint endpoint) {
      String tensor = endpoint.tensor();
      int output = tensor.indexOf(':');
      return output < 0 ? tensor : tensor.substring(0, output);
    }

    private Shape sampleOf(Endpoint from) {
      sample.ifPresent(
          shape ->
              Require.argument(
                  from.takes(shape),
                  "input '%s' of the SavedModel has shape %s and takes no samples of shape %s",
                  from.name(),
                  from,
                  shape));
      return sample
          .or(from::sample)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "input '%s' of the SavedModel has shape %s; give the shape of a sample"
                          .formatted(from.name(), from)));
    }

    private SavedModelBundle load(EngineOptions options) throws IOException {
      ConfigProto.Builder config =
          Sessions.configuration(options).toBuilder().setAllowSoftPlacement(true);
      config.getGraphOptionsBuilder().setRewriteOptions(Sessions.MOST_PASSES);
      try {
        return SavedModelBundle.loader(folder.toString()).withConfigProto(config.build()).load();
      } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
        throw new IOException(
            "SavedModel (%s) could not be loaded: %s; copy or export it again"
                .formatted(folder, firstLine(e)),
            e);
      }
    }
  }

  /** The shape of one sample of the input. */
  public Shape sampleShape() {
    return sample;
  }

  /** The shape of one sample's output, if the signature declares it. */
  public Optional<Shape> outputShape() {
    return choice.output().sample();
  }

  /** The width of an output row, if the signature declares it. */
  public OptionalInt outputWidth() {
    return outputShape().map(shape -> OptionalInt.of(shape.size())).orElse(OptionalInt.empty());
  }

  /**
   * This function, as one that may be applied to its own outputs.
   *
   * <p>What the signature does not tell of its outputs is looked at when it is applied.
   *
   * @throws IllegalArgumentException if the signature declares that outputs are of another shape
   *     than samples, and neither is flat; see {@link Shape#sameRows}
   */
  public SavedModelFunction requireSameShape() {
    outputShape()
        .ifPresent(
            output ->
                Require.argument(
                    output.sameRows(sample),
                    "%s maps samples of shape %s to %s; a map that may be idempotent keeps the"
                        + " shape; name another signature or output",
                    this,
                    sample,
                    output));
    sameShape = true;
    return this;
  }

  /**
   * f(x).
   *
   * @param x [m][n], at least one sample, n that of {@link #sampleShape}
   * @return [m][width]; numbers may be anything, for a map that diverges is to be judged, not
   *     refused
   * @throws IllegalArgumentException if {@code x} is not such
   * @throws SavedModelException if it fails, gives not one row of equal width for each sample, or
   *     {@link #requireSameShape} was asked for and another shape
   */
  @Override
  public float[][] apply(float[][] x) {
    Require.argument(x.length > 0, "a batch needs at least one sample");
    for (int i = 0; i < x.length; i++) {
      Require.argument(
          x[i].length == sample.size(),
          "sample %s has width %s, but the SavedModel takes samples of shape %s, width %s",
          i,
          x[i].length,
          sample,
          sample.size());
    }
    float[][] y = new float[x.length][];
    for (int start = 0; start < x.length; start += batchSize) {
      int end = Math.min(x.length, start + batchSize);
      System.arraycopy(applied(Arrays.copyOfRange(x, start, end)), 0, y, start, end - start);
      requireWidth(y[0].length, y[start].length);
    }
    return y;
  }

  private float[][] applied(float[][] x) {
    int batch = x.length;
    try (TFloat32 input = Rows.tensor(x, sample);
        Result result = run(input)) {
      TFloat32 output = (TFloat32) result.get(0);
      if (output.rank() == 0 || output.shape().get(0) != batch || output.size() == 0) {
        throw misbehaved(
            "gives %s for a batch of %s; it must give one row for each sample"
                .formatted(output.shape(), batch),
            null);
      }
      Shape given = sampleShape(output);
      if (sameShape && !given.sameRows(sample)) {
        throw misbehaved(
            "maps samples of shape %s to %s; a map that may be idempotent keeps the shape"
                .formatted(sample, given),
            null);
      }
      return Rows.rows(output, given.size());
    }
  }

  private static Shape sampleShape(TFloat32 batch) {
    long[] dimensions = batch.shape().asArray();
    return new Shape(Arrays.stream(dimensions).skip(1).mapToObj(Math::toIntExact).toList());
  }

  private Result run(TFloat32 input) {
    if (closed) {
      throw new IllegalStateException("%s is closed".formatted(this));
    }
    try {
      return bundle
          .session()
          .runner()
          .feed(choice.input().tensor(), input)
          .fetch(choice.output().tensor())
          .run();
      // What TensorFlow throws has no common type.
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw misbehaved("failed on samples of shape %s: %s".formatted(sample, firstLine(e)), e);
    }
  }

  private void requireWidth(int first, int width) {
    if (width != first) {
      throw misbehaved(
          "gives rows of width %s and of width %s; outputs of variable size cannot be compared"
              .formatted(first, width),
          null);
    }
  }

  private SavedModelException misbehaved(String how, @Nullable Throwable cause) {
    return new SavedModelException(this + " " + how, cause);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("no reason given");
  }

  /** Written {@code saved-model:DIR signature 'apply' (x to y)}. */
  @Override
  public String toString() {
    return "saved-model:%s signature '%s' (%s to %s)"
        .formatted(folder, choice.signature(), choice.input().name(), choice.output().name());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      bundle.close();
    }
  }

  /** A SavedModel is intact, but does not map each sample to a row. */
  public static final class SavedModelException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    SavedModelException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
