package dev.idem.generative.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a file by its {@link Path}. The JDK's own stream wants a {@link java.io.File}, whose
 * name is lost where the locale's character set lacks a character of it.
 */
final class ChannelImageInputStream extends ImageInputStreamImpl {

  private final FileChannel channel;

  ChannelImageInputStream(Path file) throws IOException {
    this.channel = FileChannel.open(file);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int count = channel.read(ByteBuffer.wrap(bytes, offset, length), streamPos);
    if (count > 0) {
      streamPos += count;
    }
    return count;
  }

  @Override
  public long length() {
    try {
      return channel.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    channel.close();
  }
}
