package org.longspan.conf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key accepts, written beside the record component that holds it. {@link Binding} reads
 * these, so a limit stands in one place; limits between several keys are in {@link Rules}.
 */
final class Limit {
  private Limit() {}

  /** A number from here on. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface AtLeast {
    double value();
  }

  /** A number up to here. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface AtMost {
    double value();
  }

  /** A number strictly between two. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inside {
    double low();

    double high();
  }

  /** A text, or a list of texts, out of these. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface OneOf {
    String[] value();

    /** An ending with which each of them exists too ... */
    String orEndingIn() default "";

    /** ... but these, which exist without it alone. */
    String[] plain() default {};
  }

  /** A word that may stand for a number: {@code pairs = all}. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Word {
    String value();

    long means();
  }

  /** A number of bytes, also written as {@code 64MiB}. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Bytes {}

  /** The user has to give it; the value says how, in a sentence. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Required {
    String value();
  }

  /** The key may be null. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface OrNull {}

  /** A list whose elements take what they do not say from the sibling section of this name. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface DefaultsFrom {
    String value();
  }

  /**
   * A list whose elements take what their sections do not say from the sections of the same names
   * beside the list: what a phase's {@code upsample} leaves out stands in the run's.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface DefaultsFromSections {}
}
