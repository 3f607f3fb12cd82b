package dev.idem.bench;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * PyTorch's transposed convolution, which DJL's engine does not offer: a TorchScript module without
 * weights, written here as the archive that {@code torch.jit.save} would write, and differentiated
 * by PyTorch's autograd as everything else.
 */
final class TransposedConvolution {

  /** {@code __torch__.Transposed} with {@code training = True}, in Python's pickle format. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nTransposed\nq\u0000)\u0081}(X\u0008\u0000\u0000\u0000trainingq\u0001\u0088ubq\u0002.";

  /** An empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final Model model;

  TransposedConvolution(int stride, int padding) {
    model = Model.newInstance("transposed", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(code(stride, padding))), Map.of());
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("PyTorch does not read the TorchScript archive", e);
    }
  }

  private static String code(int stride, int padding) {
    return String.format(
        Locale.ROOT,
        """
        class Transposed(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Transposed,
              x: Tensor,
              kernel: Tensor,
              bias: Tensor) -> Tensor:
            return torch.conv_transpose2d(
                x, kernel, bias, [%1$d, %1$d], [%2$d, %2$d], [0, 0], 1, [1, 1])
        """,
        stride,
        padding);
  }

  private static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", MODULE);
      add(zip, "code/__torch__.py", code);
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "version", "3\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("archive/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }

  /**
   * The transposed convolution of {@code x} [batch, in, h, w].
   *
   * @param kernel [in, out, k, k]
   * @param bias [out]
   */
  NDArray apply(NDArray x, NDArray kernel, NDArray bias) {
    return model
        .getBlock()
        .forward(new ParameterStore(x.getManager(), false), new NDList(x, kernel, bias), true)
        .singletonOrThrow();
  }
}
