package dev.idem.runs.experiment;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a key of experiment files on the record component that receives its value: the key has
 * the component's name, in the section that the record is. The component's type says what a value
 * must be; an {@code Optional} need not be set.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Setting {

  /** A sentence that begins with the noun that the key sets. */
  String help();

  /** The value where nothing is set, as a file would have it. */
  String byDefault() default "";

  /** The texts allowed; those of an enum are its constants if this names none. */
  String[] choices() default {};

  /** The numbers allowed: {@link Key.Range#of}. */
  String range() default "";

  /** Conditions on earlier keys, any of which must hold for the key to apply: {@link Key.When}. */
  String[] when() default {};

  /** Whether a value must be set where the key applies. */
  boolean required() default false;

  /** The path of a key with the same meaning; of the two, the later layer's counts. */
  String insteadOf() default "";

  /**
   * Whether the key decides a run's numbers, or which files and columns hold them, so that a run
   * that has begun keeps it.
   */
  boolean decides() default true;
}
