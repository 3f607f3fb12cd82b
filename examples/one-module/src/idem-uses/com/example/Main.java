package com.example;

import dev.idem.api.reference.ReferenceEngine;
import dev.idem.eval.Progress;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseTables;
import dev.idem.uses.Uses;
import java.util.List;

/** idem-uses alone: strategies and networks on known projections, on the reference engine. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    FigureContext context =
        new FigureContext(Preset.SMOKE, 1, 1, new ReferenceEngine(), Progress.NONE, List.of());
    UseFigure figure = new UseFigure(Uses.named("projection"));
    new UseTables(figure.results(context)).lines().forEach(System.out::println);
  }
}
