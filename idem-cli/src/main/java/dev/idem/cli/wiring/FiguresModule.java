package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.cli.figure.EfficacyFigure;
import dev.idem.cli.figure.OverheadFigure;
import dev.idem.cli.figure.ScalarMapFigure;
import dev.idem.cli.figure.TrajectoryFigure;
import dev.idem.cli.figure.front.FrontFigure;
import dev.idem.cli.figure.generative.AblationFigure;
import dev.idem.cli.figure.generative.GenerativeFigure;
import dev.idem.eval.figure.Figure;

/** The figures by name, in the order that they are listed and drawn. */
final class FiguresModule extends AbstractModule {

  @Override
  protected void configure() {
    figure("scalar-map", ScalarMapFigure.class);
    figure("efficacy", EfficacyFigure.class);
    figure("trajectory", TrajectoryFigure.class);
    figure("overhead", OverheadFigure.class);
    figure("generative", GenerativeFigure.class);
    figure("generative-ablation", AblationFigure.class);
    figure("front", FrontFigure.class);
  }

  private <F extends Figure> void figure(String name, Class<F> type) {
    bind(type);
    MapBinder.newMapBinder(binder(), String.class, Figure.class).addBinding(name).to(type);
  }
}
