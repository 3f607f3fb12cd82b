package dev.idem.tf.savedmodel;

import dev.idem.api.check.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.Signature;
import org.tensorflow.proto.SignatureDef;

/**
 * The signature of a SavedModel that is the function, with its input and output.
 *
 * @param signature its name
 * @param input what samples are fed to
 * @param output what is read
 */
record SignatureChoice(String signature, Endpoint input, Endpoint output) {

  /**
   * The signature of that name; without a name {@code serving_default}, or the only one that takes
   * one float32 tensor and nothing else. Likewise its input and output: by name, or the only one of
   * float32.
   *
   * @throws IllegalArgumentException if there is no such, or several are
   */
  static SignatureChoice of(
      Map<String, SignatureDef> signatures,
      Optional<String> signature,
      Optional<String> input,
      Optional<String> output) {
    String name = signature.orElseGet(() -> defaultOf(signatures));
    SignatureDef chosen = known(signatures, "signature", name);
    Endpoint from = endpoint("input", name, Endpoint.all("input", chosen.getInputsMap()), input);
    Endpoint to = endpoint("output", name, Endpoint.all("output", chosen.getOutputsMap()), output);
    return new SignatureChoice(name, from, to);
  }

  private static String defaultOf(Map<String, SignatureDef> signatures) {
    if (signatures.containsKey(Signature.DEFAULT_KEY)) {
      return Signature.DEFAULT_KEY;
    }
    List<String> functions =
        signatures.entrySet().stream()
            .filter(entry -> isFunction(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (functions.size() != 1) {
      throw new IllegalArgumentException(
          "the SavedModel has %s signatures that take one float32 tensor; name one of: %s"
              .formatted(functions.size(), String.join(", ", signatures.keySet())));
    }
    return functions.get(0);
  }

  private static boolean isFunction(SignatureDef signature) {
    return signature.getInputsCount() == 1
        && signature.getOutputsCount() > 0
        && Endpoint.all("input", signature.getInputsMap()).values().stream()
            .allMatch(Endpoint::isSinglePrecision);
  }

  private static Endpoint endpoint(
      String role, String signature, Map<String, Endpoint> endpoints, Optional<String> name) {
    if (name.isPresent()) {
      return known(endpoints, role + " of signature '" + signature + "'", name.get());
    }
    Map<String, Endpoint> candidates = new TreeMap<>(endpoints);
    if (endpoints.size() > 1) {
      candidates.values().removeIf(endpoint -> !endpoint.isSinglePrecision());
    }
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          "signature '%s' has %s %ss of float32; name one of: %s"
              .formatted(
                  signature, candidates.size(), role, String.join(", ", endpoints.keySet())));
    }
    return candidates.values().iterator().next();
  }

  private static <V> V known(Map<String, V> named, String kind, String name) {
    V found = named.get(name);
    if (found == null) {
      throw new IllegalArgumentException(Suggestions.unknown(kind + ":", name, named.keySet()));
    }
    return found;
  }
}
