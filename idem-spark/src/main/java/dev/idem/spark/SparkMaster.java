package dev.idem.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Spark runs, in Spark's own form.
 *
 * @param url {@code local[2]}, {@code spark://host:7077}, {@code yarn} or {@code k8s://...}
 */
record SparkMaster(String url) {

  private static final Pattern LOCAL =
      Pattern.compile("local(\\[\\s*([1-9]\\d*|\\*)\\s*(,\\s*[1-9]\\d*\\s*)?])?");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^\\s/,@]+:\\d{1,5})(,[^\\s/,@]+:\\d{1,5})*");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:,/\\[\\]]+)):(\\d+)");
  private static final int LAST_PORT = 65_535;
  private static final int TIMEOUT_MILLIS = 5_000;

  SparkMaster {
    if (!LOCAL.matcher(url).matches() && !isStandalone(url) && !isYarn(url) && !isKubernetes(url)) {
      throw new IllegalArgumentException(
          "Spark master (%s) must be local, local[N], local[*], spark://HOST:PORT, yarn or k8s://URL"
              .formatted(url));
    }
    if (isStandalone(url)) {
      addresses(url);
    }
    if (isYarn(url)) {
      requireModule(url, "YARN", "org.apache.spark.scheduler.cluster.YarnClusterManager");
    }
    if (isKubernetes(url)) {
      requireModule(
          url, "Kubernetes", "org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager");
    }
  }

  private static boolean isStandalone(String url) {
    return STANDALONE.matcher(url).matches();
  }

  private static boolean isYarn(String url) {
    return url.equals("yarn");
  }

  private static boolean isKubernetes(String url) {
    return url.matches("k8s://\\S+");
  }

  private static void requireModule(String url, String name, String type) {
    try {
      Class.forName(type, false, SparkMaster.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "Spark master (%s) needs Spark's module for %s, which a Spark distribution has: start idem by its spark-submit"
              .formatted(url, name),
          e);
    }
  }

  boolean isLocal() {
    return LOCAL.matcher(url).matches();
  }

  boolean isStandalone() {
    return isStandalone(url);
  }

  /** Whether nothing outside this machine takes part. */
  boolean isOnThisMachine() {
    return isLocal()
        || (isStandalone()
            && addresses(url).stream()
                .map(InetSocketAddress::getHostString)
                .allMatch(SparkMaster::isLoopback));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Not resolved. */
  private static List<InetSocketAddress> addresses(String url) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    Matcher matcher = ADDRESS.matcher(url.substring("spark://".length()));
    while (matcher.find()) {
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      int port = Integer.parseInt(matcher.group(3));
      if (port > LAST_PORT) {
        throw new IllegalArgumentException(
            "Spark master (%s) has port %s; ports end at %s".formatted(url, port, LAST_PORT));
      }
      addresses.add(InetSocketAddress.createUnresolved(host, port));
    }
    return addresses;
  }

  /**
   * Connects to a standalone master, to report in seconds one that is not there, which Spark itself
   * reports after minutes.
   *
   * @throws IOException if none of its addresses can be reached
   */
  void probe() throws IOException {
    if (!isStandalone()) {
      return;
    }
    String reason = "";
    for (InetSocketAddress address : addresses(url)) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), TIMEOUT_MILLIS);
        return;
      } catch (UnknownHostException e) {
        reason = "unknown host";
      } catch (IOException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    throw new IOException(
        "Spark master %s cannot be reached (%s); start it, or name one that runs"
            .formatted(url, reason));
  }
}
