package dev.idem.tf.tape;

import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.NativeScope;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Ops that give nodes the same names in every locale. TensorFlow Java numbers nodes of one name by
 * {@code String.format} in the JVM's default locale, and its runtime refuses the names where the
 * locale's digits are others than 0 to 9, as in {@code fa-IR}, {@code ar-EG} and {@code bn-BD}.
 */
public final class GraphOps {

  private static final int DECIMAL = 10;

  private GraphOps() {}

  /** What {@code tf} is, with names of nodes in ASCII digits. */
  public static Ops of(Ops tf) {
    Scope scope = tf.scope();
    // Names in a native scope are numbered by TensorFlow's runtime.
    return scope instanceof AsciiNames || scope instanceof NativeScope
        ? tf
        : Ops.create(new Rooted(scope.env(), new AsciiNames(scope)));
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, DECIMAL) : c)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  private record AsciiNames(Scope scope) implements Scope {

    @Override
    public String makeOpName(String defaultName) {
      return ascii(scope.makeOpName(defaultName));
    }

    @Override
    public String makeUnique(String id) {
      return ascii(scope.makeUnique(id));
    }

    @Override
    public ExecutionEnvironment env() {
      return scope.env();
    }

    @Override
    public Scope withSubScope(String name) {
      return new AsciiNames(scope.withSubScope(name));
    }

    @Override
    public Scope withName(String name) {
      return new AsciiNames(scope.withName(name));
    }

    @Override
    public Scope withNameAsSubScope(String defaultName) {
      return new AsciiNames(scope.withNameAsSubScope(defaultName));
    }

    @Override
    public Scope withDevice(DeviceSpec device) {
      return new AsciiNames(scope.withDevice(device));
    }

    @Override
    public Scope withInitScope() {
      return new AsciiNames(scope.withInitScope());
    }

    @Override
    public Scope withControlDependencyOps(Iterable<Operation> controls) {
      return new AsciiNames(scope.withControlDependencyOps(controls));
    }

    @Override
    public void refreshNames() {
      scope.refreshNames();
    }

    @Override
    public OperationBuilder apply(OperationBuilder builder) {
      return scope.apply(builder);
    }

    @Override
    public String getDeviceString() {
      return scope.getDeviceString();
    }

    @Override
    public boolean isInit() {
      return scope.isInit();
    }
  }

  /** An environment with another base scope, because Ops are made of an environment alone. */
  private record Rooted(ExecutionEnvironment env, Scope baseScope) implements ExecutionEnvironment {

    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return env.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      env.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      env.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return env.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return env.isInitializer(operation);
    }
  }
}
