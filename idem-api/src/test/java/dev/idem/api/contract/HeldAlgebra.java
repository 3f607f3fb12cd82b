package dev.idem.api.contract;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceTensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference algebra, remembering what gradients were stopped at. Elsewhere it gives the same
 * values again, so that a loss there is the function whose gradient a strategy asked for: what it
 * holds constant is constant.
 */
final class HeldAlgebra {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();

  private final List<ReferenceTensor> held = new ArrayList<>();

  /** The algebra that remembers. */
  TensorAlgebra<ReferenceTensor> remembering() {
    return algebra(
        tensor -> {
          ReferenceTensor constant = OPS.stopGradient(tensor);
          held.add(constant);
          return constant;
        });
  }

  /** The algebra that gives what was remembered, call by call. */
  TensorAlgebra<ReferenceTensor> recalling() {
    int[] call = {0};
    return algebra(
        tensor -> {
          Rule.require(
              call[0] < held.size(),
              "gradients are stopped more often on one batch than on another like it; a strategy must"
                  + " do the same operations each time");
          return held.get(call[0]++);
        });
  }

  private interface Stop {
    ReferenceTensor at(ReferenceTensor tensor);
  }

  @SuppressWarnings("unchecked") // a proxy of an interface is of the interface
  private static TensorAlgebra<ReferenceTensor> algebra(Stop stop) {
    return (TensorAlgebra<ReferenceTensor>)
        Proxy.newProxyInstance(
            TensorAlgebra.class.getClassLoader(),
            new Class<?>[] {TensorAlgebra.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("stopGradient")) {
                return stop.at((ReferenceTensor) arguments[0]);
              }
              try {
                return method.invoke(OPS, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
