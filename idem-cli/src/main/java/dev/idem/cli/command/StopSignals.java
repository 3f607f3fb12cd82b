package dev.idem.cli.command;

import dev.idem.runs.StopRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into a request to stop, which a run answers after its current
 * step by saving itself. A second signal ends the process at once with exit code 130, and saves
 * nothing. So does a call of {@link System#exit} with its own code, which is reported.
 */
final class StopSignals implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  /** What signals a process and its group, as {@code timeout} does, signals the process twice. */
  private static final Duration ONE_SIGNAL = Duration.ofSeconds(1);

  private final StopRequest stop = new StopRequest();
  private final Consumer<String> console;
  private final InstantSource clock;
  private final Runnable halt;
  private final Thread hook = new Thread(this::leaving, "exit during a run");
  private final List<Callable<?>> handlersBefore = new ArrayList<>();
  private final AtomicReference<@Nullable Instant> first = new AtomicReference<>();

  StopSignals(Consumer<String> console, InstantSource clock, Runnable halt) {
    this.console = console;
    this.clock = clock;
    this.halt = halt;
  }

  /** Handles the signals of this process until closed. */
  static StopSignals install(Consumer<String> console, InstantSource clock) {
    StopSignals signals =
        new StopSignals(console, clock, () -> Runtime.getRuntime().halt(IdemCommand.INTERRUPTED));
    NAMES.forEach(signals::handle);
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  /** By reflection: javac warns of {@code sun.misc.Signal}, for which Java has nothing else. */
  private void handle(String name) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                signalled();
                return null;
              });
      Object before = handle.invoke(null, signal, handler);
      handlersBefore.add(() -> handle.invoke(null, signal, before));
    } catch (InvocationTargetException e) {
      // The system has no such signal, or -Xrs keeps the JVM from handling it.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM cannot handle signals: sun.misc.Signal failed", e);
    }
  }

  StopRequest request() {
    return stop;
  }

  void signalled() {
    Instant now = clock.instant();
    Instant before = first.compareAndExchange(null, now);
    if (before == null) {
      stop.request();
      console.accept(
          "stopping: the current step is finished and the run saved; press Ctrl-C again to stop at"
              + " once without saving");
    } else if (Duration.between(before, now).compareTo(ONE_SIGNAL) >= 0) {
      halt.run();
    }
  }

  private void leaving() {
    console.accept(
        "System.exit was called%s; the process ends, and what the run did since its last checkpoint is lost"
            .formatted(
                caller(Thread.getAllStackTraces().values()).map(by -> " by " + by).orElse("")));
  }

  /** Where {@link System#exit} was called, if a thread is in it. */
  static Optional<String> caller(Collection<StackTraceElement[]> stacks) {
    return stacks.stream()
        .flatMap(
            stack ->
                Arrays.stream(stack)
                    .dropWhile(
                        frame ->
                            !frame.getClassName().equals("java.lang.Runtime")
                                || !frame.getMethodName().equals("exit"))
                    .dropWhile(frame -> frame.getClassName().startsWith("java.lang."))
                    .limit(1))
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .findFirst();
  }

  /** Restores the previous signal handlers. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      for (Callable<?> before : handlersBefore) {
        before.call();
      }
    } catch (IllegalStateException shuttingDown) {
      // The process is about to end, and signals with it.
    } catch (Exception e) {
      throw new IllegalStateException("signal handlers cannot be restored", e);
    }
  }
}
