package dev.idem.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * What the machine can do at most: the rate of a single-precision matrix product of two 2048 x 2048
 * matrices in TensorFlow and in PyTorch, and the rate at which memory is copied.
 */
final class Ceiling {

  private static final int SIZE = 2048;
  private static final double PRODUCT_FLOPS = 2.0 * SIZE * SIZE * SIZE;
  private static final int COPIED_FLOATS = 32 << 20;
  private static final int REPEATS = 7;

  private Ceiling() {}

  /** The product's rate in TensorFlow, in floating-point operations a second. */
  static double tensorFlowProduct(int threads) {
    float[] values = values();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .setUsePerSessionThreads(true)
            .build();
    try (Graph graph = new Graph();
        TFloat32 matrix =
            TFloat32.tensorOf(
                org.tensorflow.ndarray.Shape.of(SIZE, SIZE), DataBuffers.of(values))) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> a = tf.placeholder(TFloat32.class);
      Placeholder<TFloat32> b = tf.placeholder(TFloat32.class);
      var product = tf.linalg.matMul(a, b);
      try (Session session = new Session(graph, config)) {
        return PRODUCT_FLOPS
            / bestSeconds(
                () ->
                    session
                        .runner()
                        .feed(a, (Tensor) matrix)
                        .feed(b, (Tensor) matrix)
                        .addTarget(product)
                        .run()
                        .close());
      }
    }
  }

  /** The product's rate in PyTorch, whose number of threads is already set. */
  static double torchProduct() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray matrix = manager.create(values(), new Shape(SIZE, SIZE));
      return PRODUCT_FLOPS / bestSeconds(() -> matrix.matMul(matrix).close());
    }
  }

  /** Bytes read and written a second by so many threads, each copying an array of its own. */
  static double copyBandwidth(int threads) {
    int each = COPIED_FLOATS / threads;
    List<float[][]> pairs = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      pairs.add(new float[2][each]);
    }
    double seconds =
        bestSeconds(
            () -> {
              CountDownLatch copied = new CountDownLatch(threads);
              for (float[][] pair : pairs) {
                new Thread(
                        () -> {
                          System.arraycopy(pair[0], 0, pair[1], 0, each);
                          copied.countDown();
                        })
                    .start();
              }
              try {
                copied.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return 2.0 * each * threads * Float.BYTES / seconds;
  }

  private static float[] values() {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 1000) * 1e-3f;
    }
    return values;
  }

  /** The least time of some repetitions: a ceiling is what a quiet moment shows. */
  private static double bestSeconds(Runnable work) {
    work.run();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      long began = System.nanoTime();
      work.run();
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    return Collections.min(seconds);
  }
}
