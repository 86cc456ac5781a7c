package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.tck.sample.SampleActivator;
import org.mediacore.tck.sample.SampleActivator.Fault;
import org.osgi.framework.BundleException;

/** The contract of bundles finds each fault, and finds none where there is none. */
class BundleContractTest {
  private static final String PACKAGE = "org/mediacore/tck/sample";

  @TempDir static Path bundle;
  private static volatile Fault fault = Fault.NONE;
  private static volatile boolean nativeLibrary;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends AudioProcessorBundleContract {
    @Override
    protected Path bundle() {
      return bundle;
    }

    @Override
    protected Map<String, String> frameworkProperties() {
      return Map.of("sample.fault", fault.name());
    }

    @Override
    protected List<AudioFormat> audioFormats() {
      return List.of(new AudioFormat(8_000, 1));
    }

    @Override
    protected boolean holdsNativeLibrary() {
      return nativeLibrary;
    }

    @Override
    protected int createCloseCycles() {
      return fault == Fault.LEAKS_CLASSES ? 300 : 10_000;
    }

    @Override
    long timeoutMs() {
      return 500;
    }
  }

  @BeforeAll
  static void makeBundle() throws IOException, URISyntaxException {
    Path classes =
        Path.of(SampleActivator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path target = Files.createDirectories(bundle.resolve(PACKAGE));
    try (Stream<Path> files = Files.list(classes.resolve(PACKAGE))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.example.sample;singleton:=false");
    main.putValue("Bundle-Version", "3.2.1");
    main.putValue("Bundle-Activator", SampleActivator.class.getName());
    main.putValue(
        "Import-Package",
        "org.mediacore.api;version=\"[1.0,2)\",org.mediacore.api.codec;version=\"[1.0,2)\","
            + "org.mediacore.api.processing;version=\"[1.0,2)\",org.osgi.framework");
    Files.createDirectories(bundle.resolve("META-INF"));
    try (OutputStream out = Files.newOutputStream(bundle.resolve("META-INF/MANIFEST.MF"))) {
      manifest.write(out);
    }
  }

  @AfterEach
  void forget() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("sample."));
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "MAPS_A_FILE, true"})
  void goodBundlePasses(Fault none, boolean library) {
    fault = none;
    nativeLibrary = library;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(List.of(), run.failures());
    assertTrue(run.succeeded() >= 6, run.succeeded() + " tests");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_SERVICE, serviceComesAndGoesWithItsBundle, registers no",
    "READS_A_RESOURCE_LATE, instancesOutliveTheirBundle, NullPointerException",
    "STOPS_ITS_INSTANCES, instancesOutliveTheirBundle, use after",
    "STOPS_ITS_INSTANCES, removalInTheMiddleChangesNothing, use across",
    "SHARES_STATE_ACROSS_VERSIONS, twoVersionsWorkSideBySide, version",
    "LEAVES_A_THREAD, classLoaderIsCollected, sample-thread",
    "LEAVES_A_PROPERTY, classLoaderIsCollected, stays",
    "KEEPS_ITS_FILE_MAPPED, nothingOfItStaysMapped, still mapped",
    "LEAKS_HEAP, createAndCloseLeavesNothing, on the heap",
    "LEAKS_OFF_HEAP, createAndCloseLeavesNothing, off the heap",
    "LEAKS_CLASSES, createAndCloseLeavesNothing, classes",
  })
  void faultIsFound(Fault planted, String method, String message) {
    fault = planted;
    nativeLibrary = false;
    ContractRun run = ContractRun.of(Subject.class, method);
    assertEquals(Set.of(method), run.failed(), planted.toString());
    assertTrue(run.failures().get(0).contains(message), run.failures().toString());
  }

  /** Nothing is proved where there is no library although there should be. */
  @Test
  void missingLibraryIsFound() {
    fault = Fault.NONE;
    nativeLibrary = true;
    ContractRun run = ContractRun.of(Subject.class, "nothingOfItStaysMapped");
    assertEquals(Set.of("nothingOfItStaysMapped"), run.failed());
  }

  @Test
  void folderWithoutManifestIsRefusedWithItsName(@TempDir Path empty) {
    AssertionError refused = assertThrows(AssertionError.class, () -> BundleJar.headers(empty));
    assertTrue(refused.getMessage().contains("MANIFEST.MF"), refused.getMessage());
  }

  /** What nobody exports is named, and nothing of the container stays behind. */
  @Test
  void missingImportIsNamed(@TempDir Path folder) throws Exception {
    Path lacking = Files.createDirectories(folder.resolve("lacking/META-INF"));
    Files.writeString(
        lacking.resolve("MANIFEST.MF"),
        "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: lacking\n"
            + "Import-Package: org.example.nowhere\n");
    try (BundleContainer container = BundleContainer.start(folder, Map.of())) {
      BundleException refused =
          assertThrows(
              BundleException.class, () -> container.start(folder.resolve("lacking"), "1.0.0"));
      assertTrue(refused.getMessage().contains("org.example.nowhere"), refused.getMessage());
    }
  }
}
