package com.example;

import dev.idem.api.reference.ReferenceEngine;
import dev.idem.explore.Explorer;
import dev.idem.explore.Explorer.Explored;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** idem-explore alone: the generator that comes with it, served on the reference engine. */
public final class Main {

  private Main() {}

  /** Starts the explorer, asks it for its models, and ends it. */
  public static void main(String[] args) throws Exception {
    Explored digits =
        Explored.open("digits", Explorer.includedModel(), new ReferenceEngine());
    try (Explorer explorer =
        Explorer.start(List.of(digits), InetAddress.getLoopbackAddress(), 0)) {
      HttpRequest models = HttpRequest.newBuilder(explorer.uri().resolve("/models")).build();
      System.out.println(HttpClient.newHttpClient().send(models, BodyHandlers.ofString()).body());
    } finally {
      digits.generator().close();
    }
  }
}
