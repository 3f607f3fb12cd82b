package dev.idem.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Path;

/** The directions between modules, and what each may know. */
@AnalyzeClasses(packages = "dev.idem", importOptions = DoNotIncludeTests.class)
class ModuleDirectionsTest {

  @ArchTest
  static final ArchRule modulesDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api")
          .definedBy("dev.idem.api..")
          .layer("tf")
          .definedBy("dev.idem.tf..")
          .layer("models")
          .definedBy("dev.idem.models..")
          .layer("onnx")
          .definedBy("dev.idem.onnx..")
          .layer("generative")
          .definedBy("dev.idem.generative..")
          .layer("eval")
          .definedBy("dev.idem.eval..")
          .layer("figures")
          .definedBy("dev.idem.figures..")
          .layer("uses")
          .definedBy("dev.idem.uses..")
          .layer("explore")
          .definedBy("dev.idem.explore..")
          .layer("runs")
          .definedBy("dev.idem.runs..")
          .layer("cli")
          .definedBy("dev.idem.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tf")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("onnx")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("models")
          .mayOnlyBeAccessedByLayers("generative", "figures", "uses", "explore", "runs", "cli")
          .whereLayer("generative")
          .mayOnlyBeAccessedByLayers("figures", "uses", "explore", "runs", "cli")
          .whereLayer("eval")
          .mayOnlyBeAccessedByLayers("figures", "uses", "runs", "cli")
          .whereLayer("figures")
          .mayOnlyBeAccessedByLayers("uses", "cli")
          .whereLayer("uses")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("explore")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("api")
          .mayNotAccessAnyLayer()
          .whereLayer("runs")
          .mayOnlyAccessLayers("api", "models", "generative", "eval")
          .whereLayer("eval")
          .mayOnlyAccessLayers("api")
          .whereLayer("tf")
          .mayOnlyAccessLayers("api")
          .whereLayer("models")
          .mayOnlyAccessLayers("api")
          .whereLayer("onnx")
          .mayOnlyAccessLayers("api")
          .whereLayer("generative")
          .mayOnlyAccessLayers("api", "models")
          .whereLayer("explore")
          .mayOnlyAccessLayers("api", "models", "generative")
          .whereLayer("figures")
          .mayOnlyAccessLayers("api", "models", "generative", "eval")
          .whereLayer("uses")
          .mayOnlyAccessLayers("api", "models", "generative", "eval", "figures");

  @ArchTest
  static final ArchRule figuresAndRunsKnowNoGuice =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.idem.figures..", "dev.idem.uses..", "dev.idem.explore..", "dev.idem.runs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "jakarta.inject..");

  @ArchTest
  static final ArchRule onlyFiguresDrawCharts =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.idem.figures..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jfree..", "org.apache.batik..");

  @ArchTest
  static final ArchRule theApiKnowsTheJdkAndNullAnnotationsOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.idem.api..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("dev.idem.api..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule onlyTheEngineAndTheCommandLineKnowTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.idem.api..",
              "dev.idem.models..",
              "dev.idem.onnx..",
              "dev.idem.generative..",
              "dev.idem.eval..",
              "dev.idem.figures..",
              "dev.idem.uses..",
              "dev.idem.explore..",
              "dev.idem.runs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.idem.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..", "ch.qos.logback..");

  /** A new module has to be given its place above. */
  @ArchTest
  static final ArchRule everyClassIsInALayer =
      classes()
          .should()
          .resideInAnyPackage(
              "dev.idem.api..",
              "dev.idem.tf..",
              "dev.idem.models..",
              "dev.idem.onnx..",
              "dev.idem.generative..",
              "dev.idem.eval..",
              "dev.idem.figures..",
              "dev.idem.uses..",
              "dev.idem.explore..",
              "dev.idem.runs..",
              "dev.idem.cli..");

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("dev.idem.(*).(*)..").should().beFreeOfCycles();

  /** A {@link java.io.File} of a name that the locale lacks characters of is another file. */
  @ArchTest
  static final ArchRule filesAreReadByTheirPath =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.idem.cli.plugin.PluginJar")
          .should()
          .callMethod(Path.class, "toFile")
          .orShould()
          .callConstructor(File.class, String.class)
          .because("Files.newInputStream finds what File does not; the JDK's JarFile has no other");
}
