// The method in JShell, step by step. From this folder, once idem is installed:
//   ../../mvnw -q dependency:build-classpath -Dmdep.outputFile=target/classpath
//   jshell --class-path "$(cat target/classpath)" walk.jsh

import dev.idem.api.algebra.*
import dev.idem.api.network.*
import dev.idem.api.polynomial.*
import dev.idem.api.random.*
import dev.idem.api.reference.*
import dev.idem.api.strategy.*
import dev.idem.api.training.*

// 1. A polynomial g with g(0) = 0, g(1) = 1 and zero slope at both drives every number near 0 to 0
//    and every number near 1 to 1. Of degree three there is exactly one; the solver finds it.

IdempotentPolynomial g = new AnsatzSolver(3).solve(AnsatzSolver.idempotency(1))
System.out.println("g(k) = " + g)
for (double k : new double[] {-0.3, 0.2, 0.45, 0.55, 0.9, 1.3}) {
  System.out.printf("%5.2f -> %8.5f -> %8.5f after six%n", k, g.evaluate(k), g.iterate(k, 6));
}

// 2. Its fixed points: two that attract, 0 and 1, which are the idempotent numbers, and one between
//    that repels.

g.dynamics().fixedPoints().forEach(System.out::println)

// 3. It acts on the eigenvalues of a matrix as it does on numbers: an almost idempotent K becomes
//    idempotent, K^2 = K, in a few products.

double[][] k = {{0.9, 0.2}, {0.1, 0.1}}
double[][] once = g.evaluate(k)
double[][] often = g.evaluate(g.evaluate(g.evaluate(g.evaluate(once))))
System.out.println("g(K)    = " + Arrays.deepToString(once))
System.out.println("g^5(K)  = " + Arrays.deepToString(often))

// 4. A network is not a matrix, but f(f(x)) can be computed. With y = f(x) the paper steps towards
//    y' = 3 f(y) - 2 f(f(y)), which for a linear f is g(K) x, by substituting dL/dy := -(y' - y).

record Linear(int width) implements Network {
  public Shape shape() { return Shape.of(width); }
  public List<ParameterSpec> parameters() {
    ParameterSpec.Initializer start = (p, random) -> new double[] {0.8, 0.3, 0.1, 0.2};
    return List.of(new ParameterSpec("K", Shape.of(width, width), width, width, start));
  }
  public <T> T apply(T x, ForwardPass<T> pass) { return pass.ops().matMul(x, pass.parameter("K")); }
  public String description() { return "linear " + width; }
}
double gap(double[] w) {
  double a = w[0] * w[0] + w[1] * w[2] - w[0];
  double b = w[0] * w[1] + w[1] * w[3] - w[1];
  double c = w[2] * w[0] + w[3] * w[2] - w[2];
  double d = w[2] * w[1] + w[3] * w[3] - w[3];
  return Math.sqrt(a * a + b * b + c * c + d * d);
}

// 5. Train K by that gradient, in double precision, and watch the gap |K^2 - K| close while the
//    trace goes to 1: K becomes a projection of rank one, not zero.

TrainingObjective objective = TrainingObjective.of(new SubstitutedGradient())
Linear network = new Linear(2)
double[] w = InitialParameters.of(network, 1).get("K")
for (int step = 0; step <= 200; step++) {
  if (step % 50 == 0) {
    System.out.printf("step %3d: |K^2 - K| = %.1e, trace %.3f%n", step, gap(w), w[0] + w[3]);
  }
  var random = RandomStreams.stream(1, "batch", step);
  double[][] x = new double[128][2];
  for (double[] row : x) { row[0] = random.nextGaussian(); row[1] = random.nextGaussian(); }
  var batches = Map.of("x", ReferenceTensor.batch(Shape.of(2), x));
  double[] gradient = new ReferenceModel(network, Map.of("K", w)).differentiate(objective, batches).gradients().get("K");
  for (int i = 0; i < w.length; i++) { w[i] -= 0.3 * gradient[i]; }
}

/exit
