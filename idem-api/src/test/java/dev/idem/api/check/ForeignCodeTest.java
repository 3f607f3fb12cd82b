package dev.idem.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOError;
import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever others' code throws is caught, and can be described. */
class ForeignCodeTest {

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new Error("no words");
    }
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new Error("x"),
        new ServiceConfigurationError("x"),
        new IOError(new IOException("x")),
        new OutOfMemoryError("x"),
        new StackOverflowError(),
        new NoClassDefFoundError("x"),
        new IllegalStateException("x"),
        new IOException("x"),
        new Mute());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Object raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void everyThrowableIsCaught(Throwable thrown) {
    assertThat(ForeignCode.thrownBy(() -> ForeignCodeTest.<RuntimeException>raise(thrown)))
        .containsSame(thrown);
    assertThatThrownBy(
            () ->
                ForeignCode.call(
                    () -> ForeignCodeTest.<RuntimeException>raise(thrown),
                    cause -> new IllegalStateException("ours", cause)))
        .hasMessage("ours")
        .cause()
        .isSameAs(thrown);
  }

  @Test
  void whatThrowsNothingIsAnswered() {
    assertThat(ForeignCode.<Integer>call(() -> 7, IllegalStateException::new)).isEqualTo(7);
    assertThat(ForeignCode.thrownBy(() -> {})).isEmpty();
  }

  @Test
  void anInterruptionStaysOne() {
    assertThat(
            ForeignCode.thrownBy(
                () -> {
                  throw new InterruptedException();
                }))
        .isPresent();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aThrowableIsDescribedByItsClassAndItsMessageIfItHasOne() {
    assertThat(ForeignCode.describe(new IOException("disk")))
        .isEqualTo("java.io.IOException: disk");
    assertThat(ForeignCode.describe(new Error())).isEqualTo("java.lang.Error");
    assertThat(ForeignCode.describe(new Mute())).isEqualTo(Mute.class.getName());
    assertThat(ForeignCode.message(new Mute())).isNull();
    assertThat(ForeignCode.reason(new IOException("disk"))).isEqualTo("disk");
    assertThat(ForeignCode.reason(new NoSuchMethodError("f")))
        .isEqualTo("java.lang.NoSuchMethodError: f");
    assertThat(ForeignCode.reason(new IOException())).isEqualTo("java.io.IOException");
  }
}
