package dev.idem.models.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.util.passthrough.PassthroughNDManager;
import dev.idem.api.algebra.Shape;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

  private static final List<Tensor> TENSORS =
      List.of(
          new Tensor("b", Shape.of(1, 3), new float[] {1, -2, 0.5f}),
          new Tensor("a", Shape.SCALAR, new float[] {Float.MIN_VALUE}));

  private static final byte[] CONTENT = SafeTensors.content(Map.of("k", "vw"), TENSORS);

  /** A file of this header, padded to 8 bytes, and this many bytes of data. */
  private static byte[] file(String header, int bytes) {
    return file(header, new byte[bytes]);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = (header + " ".repeat(-header.length() & 7)).getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static SafeTensors parsed(byte[] content) throws MalformedFileException {
    return SafeTensors.parse("w.safetensors", content);
  }

  @Test
  void theBytesAreThoseOfTheFormat() {
    String header =
        "{\"__metadata__\":{\"k\":\"vw\"},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[0,12]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[12,16]}}";
    assertThat(header).hasSize(137);
    String hex =
        "9000000000000000"
            + HexFormat.of().formatHex((header + " ".repeat(7)).getBytes(UTF_8))
            + "0000803f"
            + "000000c0"
            + "0000003f"
            + "01000000";
    assertThat(HexFormat.of().formatHex(CONTENT)).isEqualTo(hex);
  }

  @Test
  void whatIsWrittenIsRead() throws MalformedFileException {
    SafeTensors read = parsed(CONTENT);
    assertThat(read.names()).containsExactly("b", "a");
    assertThat(read.metadata()).isEqualTo(Map.of("k", "vw"));
    assertThat(read.shape("b")).containsExactly(1L, 3L);
    assertThat(read.shape("a")).isEmpty();
    assertThat(read.values("b", Shape.of(1, 3))).containsExactly(1, -2, 0.5f);
    assertThat(read.values("a")).containsExactly(Float.MIN_VALUE);
  }

  @Test
  void nothingIsAFileToo() throws MalformedFileException {
    byte[] empty = SafeTensors.content(Map.of(), List.of());
    assertThat(HexFormat.of().formatHex(empty)).isEqualTo("08000000000000007b7d202020202020");
    assertThat(parsed(empty).names()).isEmpty();
  }

  @Test
  void anotherReaderReadsTheSame() throws IOException {
    NDList read = NDList.decode(PassthroughNDManager.INSTANCE, new ByteArrayInputStream(CONTENT));
    assertThat(read).extracting(NDArray::getName).containsExactly("b", "a");
    assertThat(read.get(0).getShape().getShape()).containsExactly(1, 3);
    assertThat(read.get(0).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat(4)).isEqualTo(-2);
  }

  @Test
  void theOrderOfTheHeaderIsNotThatOfTheData() throws MalformedFileException {
    byte[] data = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f};
    SafeTensors read =
        parsed(
            file(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12],\"more\":0},"
                    + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[8,8]},"
                    + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}",
                data));
    assertThat(read.names()).containsExactly("n", "none", "w");
    assertThat(read.values("w")).containsExactly(1);
    assertThat(read.values("none")).isEmpty();
    assertThatThrownBy(() -> read.values("n"))
        .hasMessage(
            "w.safetensors: tensor 'n' is of type I64; weights are F32, F64, F16 or BF16: convert"
                + " it, as by x.float() in PyTorch");
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 182d4454fb210940, 3.1415927", // pi
    "F32, db0f4940, 3.1415927",
    "F16, 003c, 1",
    "F16, 00c0, -2",
    "F16, 0100, 5.9604645e-8", // the least number above 0
    "F16, ff03, 6.097555e-5",
    "F16, ff7b, 65504",
    "F16, 4842, 3.140625",
    "BF16, 4940, 3.140625",
    "BF16, 80bf, -1",
  })
  void everyFloatingPointTypeIsRead(String type, String hex, float value)
      throws MalformedFileException {
    byte[] data = HexFormat.of().parseHex(hex);
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%s]}}"
            .formatted(type, data.length);
    assertThat(parsed(file(header, data)).values("x")).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 0000c07f, NaN",
    "F32, 000080ff, -Infinity",
    "F16, 007c, Infinity",
    "F16, 017e, NaN",
    "BF16, c07f, NaN",
    "F64, 9c7500883ce4377e, 1.0E300",
  })
  void whatIsNotFiniteIsNamed(String type, String hex, String value) throws MalformedFileException {
    byte[] data = new byte[hex.length()];
    System.arraycopy(HexFormat.of().parseHex(hex), 0, data, data.length / 2, data.length / 2);
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,%s]}}"
            .formatted(type, data.length);
    SafeTensors read = parsed(file(header, data));
    assertThatThrownBy(() -> read.values("x"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            "w.safetensors: tensor 'x' holds %s at index 1, which is not finite as a float32; take"
                + " weights from before the training diverged",
            value);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "F32  | [2]  | [0, 8]   | F32  | [2] | [4, 12]  | tensor 'b': data_offsets [4, 12] overlap"
            + " those of 'a', which end at 8",
        "F32  | [2]  | [0, 8]   | F32  | [2] | [8, 16]  | tensor 'b': data_offsets [8, 16] exceed"
            + " the 12 bytes of data; the file is truncated or damaged: copy it again",
        "F32  | [2]  | [0, 8]   | F32  | [1] | [12, 8]  | tensor 'b': data_offsets [12, 8] end"
            + " before they begin",
        "F32  | [1]  | [0, 4]   | F32  | [1] | [8, 12]  | bytes 4 to 8 of the data belong to no"
            + " tensor",
        "F32  | [1]  | [0, 4]   | F32  | [1] | [4, 8]   | bytes 8 to 12 of the data belong to no",
        "F32  | [1]  | [4, 8]   | F32  | [1] | [8, 12]  | bytes 0 to 4 of the data belong to no",
        "F32  | [3]  | [0, 8]   | F32  | [1] | [8, 12]  | tensor 'a': shape [3] of F32 takes 12"
            + " bytes; data_offsets [0, 8] hold 8",
        "F32  | [-2] | [0, 8]   | F32  | [1] | [8, 12]  | tensor 'a': shape ([-2]) must be whole"
            + " numbers from 0 to 2^63 - 1",
        "F32  | [1.5]| [0, 8]   | F32  | [1] | [8, 12]  | tensor 'a': shape ([1.5]) must be",
        "F32  | 2    | [0, 8]   | F32  | [1] | [8, 12]  | tensor 'a': shape (2) must be",
        "F32  | [4294967296, 4294967296] | [0, 8] | F32 | [1] | [8, 12] | tensor 'a': shape"
            + " [4294967296, 4294967296] holds more than 2^63 bytes of F32",
        "F32  | [2]  | [0, 18446744073709551615] | F32 | [1] | [8, 12] | tensor 'a': data_offsets"
            + " ([0,18446744073709551615]) must be whole numbers",
        "F32  | [2]  | [0]      | F32  | [1] | [8, 12]  | tensor 'a': data_offsets ([0]) must be"
            + " two numbers",
        "F32  | [2]  | [-8, 0]  | F32  | [1] | [8, 12]  | tensor 'a': data_offsets ([-8,0]) must be",
        "F4   | [2]  | [0, 8]   | F32  | [1] | [8, 12]  | tensor 'a': dtype (\"F4\") is not"
            + " supported, only [F64, F32,",
      })
  void aTensorThatIsNotWhereItSaysIsNamed(
      String typeA,
      String shapeA,
      String offsetsA,
      String typeB,
      String shapeB,
      String offsetsB,
      String message) {
    String tensor = "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}";
    String header =
        "{\"a\":%s,\"b\":%s}"
            .formatted(
                tensor.formatted(typeA, shapeA, offsetsA),
                tensor.formatted(typeB, shapeB, offsetsB));
    assertRefused(file(header, 12), message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":0} | Duplicate field"
            + " 'a'",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | Duplicate field 'dtype'",
        "{\"a\":         | header is not valid JSON",
        "{} {}           | header is not valid JSON",
        "{]              | header is not valid JSON",
        "[]              | header does not begin with '{'",
        "{\"a\":1}       | tensor 'a': dtype () is not supported",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}} | tensor 'a': shape (missing) must be",
        "{\"__metadata__\":{\"a\":1}} | __metadata__ ({\"a\":1}) must map names to texts",
        "{\"__metadata__\":\"a\"} | __metadata__ (\"a\") must map names to texts",
      })
  void aHeaderThatIsInvalidIsNamed(String header, String message) {
    assertRefused(file(header, 0), message);
  }

  @Test
  void aHeaderThatIsCutOffIsReportedWithoutWordsOfTheParser() {
    assertThatThrownBy(() -> parsed(file("{\"a\": [1,2,3", 0)))
        .hasMessageContaining("header is not valid JSON: Unexpected end-of-input")
        .hasMessageNotContaining("Source");
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsAllocated() {
    byte[] content = file("{}", 0);
    ByteBuffer length = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(0, 9);
    assertRefused(content, "header length (9) is more than the 8 bytes that follow");
    length.putLong(0, 100_000_001);
    assertRefused(content, "header length (100000001) is more than 100000000");
    length.putLong(0, -1);
    assertRefused(content, "header length (18446744073709551615) is more than 100000000");
    length.putLong(0, 0);
    assertRefused(content, "header does not begin with '{'");
    assertRefused(new byte[7], "has 7 bytes, fewer than the 8 of a header's length");
  }

  @Test
  void everyCutIsRefused() {
    for (int length = 0; length < CONTENT.length; length++) {
      byte[] cut = Arrays.copyOf(CONTENT, length);
      assertThatThrownBy(() -> parsed(cut)).isInstanceOf(MalformedFileException.class);
    }
    assertRefused(Arrays.copyOf(CONTENT, CONTENT.length + 4), "bytes 16 to 20 of the data belong");
  }

  @Test
  void noChangeOfTheHeaderMakesAnythingButTheProjectsOwnError() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] changed = CONTENT.clone();
      changed[random.nextInt(CONTENT.length - 16)] = (byte) random.nextInt();
      try {
        SafeTensors read = parsed(changed);
        for (String name : read.names()) {
          assertThat(read.values(name)).isNotNull();
        }
      } catch (MalformedFileException e) {
        assertThat(e).hasMessageStartingWith("w.safetensors: ");
        assertThat(e.getMessage().lines()).hasSize(1);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void filesOfPyTorchsOwnFormatsAreNamedWithHowToConvertThem() {
    for (String hex : List.of("504b0304000008080000000000", "80028a0a6cfc9c46f9206aa850192e")) {
      assertRefused(
          HexFormat.of().parseHex(hex),
          "is a file of torch.save, not of safetensors; convert it in Python: 'from"
              + " safetensors.torch import save_file', then 'save_file(torch.load(");
    }
  }

  @Test
  void namesAreComparedWithSuggestions() {
    assertThat(
            SafeTensors.mismatches(
                List.of("a.weight", "a.bais", "n", "zzz"),
                List.of("a.weight", "a.bias"),
                Set.of("n")))
        .containsExactly(
            "'a.bais' is unknown; did you mean 'a.bias'?",
            "'zzz' is unknown",
            "'a.bias' is missing");
    assertThat(SafeTensors.mismatches(List.of("a"), List.of("a"), Set.of("b"))).isEmpty();
  }

  @Test
  void namesOfAnyCharactersStayOnOneLine() {
    assertRefused(
        file("{\"a\\n\\u001b[31m\":{\"dtype\":\"F4\"}}", 0), "tensor 'a  [31m': dtype (\"F4\")");
    assertThat(SafeTensors.mismatches(List.of("a\nb"), List.of(), Set.of()))
        .containsExactly("'a b' is unknown");
  }

  @Test
  void anotherShapeIsNamed() throws MalformedFileException {
    SafeTensors read = parsed(CONTENT);
    assertThatThrownBy(() -> read.values("b", Shape.of(3, 1)))
        .hasMessage(
            "w.safetensors: tensor 'b' has shape [1, 3]; expected [3, 1]: these are weights of"
                + " another network");
  }

  @Test
  void twoTensorsOfOneNameAreNotWritten() {
    assertThatThrownBy(() -> SafeTensors.content(Map.of(), List.of(TENSORS.get(0), TENSORS.get(0))))
        .hasMessage("two tensors are called 'b'");
    assertThatThrownBy(() -> Tensor.of("__metadata__", new float[1]))
        .hasMessageContaining("reserved");
    assertThatThrownBy(() -> new Tensor("x", Shape.of(2), new float[3]))
        .hasMessage("tensor 'x' has 3 values; shape [2] holds 2");
  }

  @Test
  void aFileIsReadByItsName(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), CONTENT);
    assertThat(SafeTensors.read(file).names()).containsExactly("b", "a");
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> SafeTensors.read(file)).hasMessageStartingWith(file + ": has 3 bytes");
    assertThatThrownBy(() -> SafeTensors.read(folder)).hasMessageContaining("is a folder; name");
  }

  private static void assertRefused(byte[] content, String message) {
    assertThatThrownBy(() -> parsed(content))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("w.safetensors: ")
        .hasMessageContaining(message);
  }
}
