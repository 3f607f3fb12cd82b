package dev.idem.runs.experiment;

import dev.idem.api.training.Schedule;
import dev.idem.runs.experiment.Key.Help;
import dev.idem.runs.experiment.Key.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A schedule: of the learning rate, or of the weight of a term. Each parameter matters to those
 * that have it.
 */
record ScheduleKeys(
    @Help("Schedule: a factor that depends on the step; constant if not set.")
        @Setting(choices = "constant, cosine, step-decay, ramp")
        Optional<String> name,
    @Help("Final factor of the cosine schedule.")
        @Setting(range = RunPlan.SHARE, when = ".name cosine", byDefault = "0")
        double floor,
    @Help("Steps between decays.")
        @Setting(range = RunPlan.STEP_COUNTS, when = OF_DECAY, required = true)
        OptionalLong every,
    @Help("Factor of a decay.") @Setting(range = "positive", when = OF_DECAY, byDefault = "0.1")
        double decay,
    @Help("Factor before the ramp.") @Setting(range = "0 or more", when = OF_RAMP, byDefault = "0")
        double from,
    @Help("Factor after the ramp.") @Setting(range = "0 or more", when = OF_RAMP, byDefault = "1")
        double to,
    @Help("Step at which the ramp begins.")
        @Setting(range = "from 0 to 1000000000000", when = OF_RAMP, byDefault = "0")
        long begin,
    @Help("Step at which the ramp ends, before the run does.")
        @Setting(range = RunPlan.STEP_COUNTS, when = OF_RAMP, required = true)
        OptionalLong end,
    @Help(
            "Steps of a linear warm-up, fewer than the run has; the schedule begins after"
                + " them, over the remaining steps. No warm-up if not given.")
        @Setting(range = RunPlan.STEP_COUNTS)
        OptionalLong warmUp) {

  static final String NAME = "plan.schedule.name";
  static final String USUAL = "constant";
  static final String OF_DECAY = ".name step-decay";
  static final String OF_RAMP = ".name ramp";

  /** The schedules of a generator's or map's terms, each by the name of its term. */
  record OfTerms(
      @Setting(when = ExperimentFile.OF_GENERATOR + " or strategy.reconstructionWeight")
          ScheduleKeys reconstruction,
      @Setting(when = ExperimentFile.Strategy.OF_IGN) ScheduleKeys idempotence,
      @Setting(
              when =
                  "method reconstruction+substituted, reconstruction+canonical or "
                      + ExperimentFile.OF_MAP)
          ScheduleKeys idempotency,
      @Setting(when = ExperimentFile.Strategy.OF_IGN) ScheduleKeys tightness) {

    static final String SECTION = "schedules";

    /** By term, those that are not constant; empty if one is a problem. */
    static Optional<Map<String, Schedule>> read(Settings settings, Problems problems) {
      return settings
          .section(SECTION, OfTerms.class)
          .flatMap(
              section -> {
                Map<String, ScheduleKeys> sections = new LinkedHashMap<>();
                sections.put("reconstruction", section.reconstruction);
                sections.put("idempotence", section.idempotence);
                sections.put("idempotency", section.idempotency);
                sections.put("tightness", section.tightness);
                Map<String, Schedule> schedules = new LinkedHashMap<>();
                sections.forEach(
                    (term, keys) ->
                        keys.read(path(term), settings, problems)
                            .ifPresent(schedule -> schedules.put(term, schedule)));
                boolean whole = schedules.size() == sections.size();
                schedules.values().removeIf(Schedule.Constant.class::isInstance);
                return whole ? Optional.of(schedules) : Optional.empty();
              });
    }

    /** The section of a term's schedule. */
    static String path(String term) {
      return SECTION + "." + term;
    }
  }

  /**
   * The schedule of that section, if it ends before the run does; that it does not is a problem.
   */
  Optional<Schedule> read(String section, Settings settings, Problems problems) {
    return problems.attempt(
        settings.blame(section + ".end", section + ".warmUp", RunPlan.STEPS),
        () -> {
          try {
            Schedule schedule = schedule();
            settings.integer(RunPlan.STEPS).ifPresent(schedule::requireFits);
            return schedule;
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(section + "." + e.getMessage(), e);
          }
        });
  }

  /**
   * The schedule.
   *
   * @throws IllegalArgumentException if its numbers do not fit each other
   */
  Schedule schedule() {
    Schedule after =
        switch (name.orElse(USUAL)) {
          case "cosine" -> new Schedule.Cosine(floor);
          case "step-decay" -> new Schedule.StepDecay(every.getAsLong(), decay);
          case "ramp" -> new Schedule.Ramp(from, to, begin, end.getAsLong());
          default -> new Schedule.Constant();
        };
    return warmUp.isPresent() ? new Schedule.WarmUp(warmUp.getAsLong(), after) : after;
  }
}
