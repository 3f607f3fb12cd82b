package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.figures.Figure;
import dev.idem.figures.efficacy.EfficacyFigure;
import dev.idem.figures.front.FrontFigure;
import dev.idem.figures.generative.AblationFigure;
import dev.idem.figures.generative.GenerativeFigure;
import dev.idem.figures.overhead.OverheadFigure;
import dev.idem.figures.scalarmap.ScalarMapFigure;
import dev.idem.figures.trajectory.TrajectoryFigure;

/** The figures by name, in the order that they are listed and drawn. */
final class FiguresModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, Figure> figures =
        MapBinder.newMapBinder(binder(), String.class, Figure.class);
    figures.addBinding("scalar-map").toInstance(new ScalarMapFigure());
    figures.addBinding("efficacy").toInstance(new EfficacyFigure());
    figures.addBinding("trajectory").toInstance(new TrajectoryFigure());
    figures.addBinding("overhead").toInstance(new OverheadFigure());
    figures.addBinding("generative").toInstance(new GenerativeFigure());
    figures.addBinding("generative-ablation").toInstance(new AblationFigure());
    figures.addBinding("front").toInstance(new FrontFigure());
  }
}
