package com.example.figures;

import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions;
import dev.idem.eval.Progress;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.scalarmap.ScalarMapFigure;
import dev.idem.figures.trajectory.TrajectoryFigure;
import dev.idem.tf.engine.TensorFlowEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Draws two figures into target/figures: images and their data. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    var engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
    long seed = 1;
    int threads = 2;
    var context =
        new FigureContext(Preset.SMOKE, seed, threads, engine, Progress.NONE, List.of());
    var folder = OutputFolder.open(Path.of("target/figures"));
    Map<String, Figure> figures =
        Map.of("scalar-map", new ScalarMapFigure(), "trajectory", new TrajectoryFigure());
    for (var figure : figures.entrySet()) {
      figure.getValue().draw(context).write(folder.folder(figure.getKey()));
    }
  }
}
