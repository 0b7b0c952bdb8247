package org.longspan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms: they go down only. */
@AnalyzeClasses(packages = "org.longspan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "org.longspan.attention..",
    "org.longspan.context..",
    "org.longspan.gradient..",
    "org.longspan.score..",
    "org.longspan.length..",
    "org.longspan.mix..",
    "org.longspan.rank..",
    "org.longspan.relate..",
    "org.longspan.relatedness..",
    "org.longspan.pack..",
    "org.longspan.schedule..",
    "org.longspan.window..",
    "org.longspan.format..",
    "org.longspan.seed.."
  };
  private static final String[] UDFS = {
    "org.longspan.embed..",
    "org.longspan.model..",
    "org.longspan.tokenizer..",
    "org.longspan.measure..",
    "org.longspan.scoring..",
    "org.longspan.sql.."
  };
  private static final String[] JOBS = {
    "org.longspan.stage..",
    "org.longspan.run..",
    "org.longspan.action..",
    "org.longspan.ingest..",
    "org.longspan.retrieve..",
    "org.longspan.shard..",
    "org.longspan.report..",
    "org.longspan.plan..",
    "org.longspan.cli.."
  };

  @ArchTest
  static final ArchRule CORE_IS_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.apache.hadoop..",
              "scala..",
              "ai.djl..",
              "org.apache.lucene..");

  @ArchTest
  static final ArchRule PLANS_ARE_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAPackage("org.longspan.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule CORE_TOUCHES_NO_FILE_SYSTEM =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.File.*|java\\.nio\\.file\\..*");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_ROOM_ABOVE =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(UDFS, JOBS, "org.longspan.conf.."));

  @ArchTest
  static final ArchRule UDFS_KNOW_CORE_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(UDFS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(JOBS, new String[0], "org.longspan.conf.."));

  @ArchTest
  static final ArchRule CONF_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("org.longspan.conf..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              concat(
                  concat(CORE, UDFS),
                  JOBS,
                  "org.apache.spark..",
                  "org.apache.hadoop..",
                  "ai.djl.."));

  @ArchTest
  static final ArchRule ONLY_MODELS_KNOW_DJL_ARRAYS =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.longspan.model..", "org.longspan.embed..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.ndarray..", "ai.djl.pytorch..");

  @ArchTest
  static final ArchRule ONLY_INGEST_KNOWS_SPARK_NLP =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.longspan.ingest..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.johnsnowlabs..");

  @ArchTest
  static final ArchRule SCORERS_ARE_FINAL =
      classes()
          .that()
          .implement("org.longspan.score.Scorer")
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  @ArchTest
  static final ArchRule CORE_PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching(
              "org.longspan.(score|mix|length|rank|relate|relatedness|pack|schedule|window|format|seed)..")
          .should()
          .beFreeOfCycles();

  private static String[] concat(String[] first, String[] second, String... third) {
    return java.util.stream.Stream.of(first, second, third)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }
}
