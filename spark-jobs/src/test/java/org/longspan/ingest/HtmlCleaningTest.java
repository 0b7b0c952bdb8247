package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;
import org.longspan.stage.StageFailedException;

class HtmlCleaningTest {
  @Test
  void withoutSparkNlpTheErrorSaysHowToGetIt() throws ReflectiveOperationException {
    Class<?> cleaning = new WithoutSparkNlp().loadClass("org.longspan.ingest.HtmlCleaning");
    Method clean = cleaning.getDeclaredMethod("clean", Dataset.class);
    clean.setAccessible(true);

    assertThatThrownBy(() -> clean.invoke(null, (Object) null))
        .cause()
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("--packages com.johnsnowlabs.nlp:spark-nlp_2.12:");
  }

  /** Loads ingest anew, where Spark NLP can't be found. */
  private static final class WithoutSparkNlp extends ClassLoader {
    WithoutSparkNlp() {
      super(HtmlCleaningTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.johnsnowlabs.")) {
        throw new ClassNotFoundException(name);
      }

      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith("org.longspan.ingest.")) {
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }

      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
