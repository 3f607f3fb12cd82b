package dev.idem.runs.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protocol buffer, field by field: TensorBoard's few messages need no generated code. */
final class Message {

  /** A field. */
  private interface Field {
    void write(CodedOutputStream to) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream coded = CodedOutputStream.newInstance(bytes);

  Message number(int field, double value) {
    return written(to -> to.writeDouble(field, value));
  }

  Message narrow(int field, float value) {
    return written(to -> to.writeFloat(field, value));
  }

  Message integer(int field, long value) {
    return written(to -> to.writeInt64(field, value));
  }

  Message text(int field, String value) {
    return written(to -> to.writeString(field, value));
  }

  Message bytes(int field, byte[] value) {
    return written(to -> to.writeByteArray(field, value));
  }

  Message message(int field, Message value) {
    return bytes(field, value.content());
  }

  /** Numbers, one after the other under one tag. */
  Message packed(int field, double[] values) {
    Message packed = new Message();
    packed.written(
        to -> {
          for (double value : values) {
            to.writeDoubleNoTag(value);
          }
        });
    return message(field, packed);
  }

  private Message written(Field field) {
    try {
      field.write(coded);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
  }

  byte[] content() {
    try {
      coded.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
  }
}
