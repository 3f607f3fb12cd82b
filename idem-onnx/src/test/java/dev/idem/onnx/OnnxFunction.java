package dev.idem.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** An ONNX file, applied by ONNX Runtime, which checks it as it loads it. */
final class OnnxFunction implements AutoCloseable {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  OnnxFunction(Path file, OptLevel optimization) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(optimization);
      options.setIntraOpNumThreads(1);
      session = ENVIRONMENT.createSession(file.toString(), options);
    }
  }

  OrtSession session() {
    return session;
  }

  /** y of x, both row-major, with x of this shape. */
  float[] apply(float[] x, long... shape) throws OrtException {
    try (OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of(OnnxExport.X, input))) {
      FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[y.remaining()];
      y.get(values);
      return values;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
