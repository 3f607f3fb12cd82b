package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;

/** Reads what TensorBoard would read; checksums are another test's. */
public final class EventFile {

  private EventFile() {}

  /** The events of the only file in a folder. */
  public static List<Event> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    assertThat(files).hasSize(1);
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(files.get(0))).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] content = new byte[Math.toIntExact(bytes.getLong())];
      bytes.getInt();
      bytes.get(content);
      bytes.getInt();
      events.add(Event.parseFrom(content));
    }
    return events;
  }
}
