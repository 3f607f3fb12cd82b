package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jars of this project on the module path, where an application may put them. */
class ModuleNamesIT {

  private static List<ModuleDescriptor> modules() {
    Path[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> path.getFileName().toString().matches("idem-.*\\.jar"))
            .toArray(Path[]::new);
    return ModuleFinder.of(jars).findAll().stream().map(ModuleReference::descriptor).toList();
  }

  @Test
  void everyJarHasAModuleNameThatItsFileNameDoesNotDecide() {
    assertThat(modules().stream().map(ModuleDescriptor::name))
        .containsExactlyInAnyOrder(
            "dev.idem.api",
            "dev.idem.cli",
            "dev.idem.eval",
            "dev.idem.explore",
            "dev.idem.figures",
            "dev.idem.generative",
            "dev.idem.models",
            "dev.idem.onnx",
            "dev.idem.runs",
            "dev.idem.tf",
            "dev.idem.uses");
  }

  @Test
  void noTwoJarsShareAPackageWhichModulesMayNot() {
    List<String> packages = new ArrayList<>();
    modules().forEach(module -> packages.addAll(module.packages()));
    assertThat(packages).isNotEmpty().doesNotHaveDuplicates();
  }
}
