package com.example;

import dev.idem.api.polynomial.IdempotentPolynomial;

/** idem-api alone: the paper's cubic. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("idem-api: 0.8 goes to " + IdempotentPolynomial.cubic().iterate(0.8, 6));
  }
}
