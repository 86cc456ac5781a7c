package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** Files against real Configuration Admin and Metatype services. */
class ConfigurationsTest {
  private static final String PID = "org.example";
  private static final String METATYPE =
      """
      <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.3.0">
        <OCD id="org.example" name="Example">
          <AD id="loops" type="Integer" min="1" max="8" default="1" description="threads"/>
          <AD id="fec" type="Boolean" default="true"/>
          <AD id="latch" type="String" default="signalled">
            <Option label="s" value="signalled"/><Option label="a" value="any"/>
          </AD>
          <AD id="codecs" type="String" cardinality="9" default="a"/>
          <AD id="allow" type="String" required="false"/>
        </OCD>
        <Designate pid="org.example"><Object ocdref="org.example"/></Designate>
        <Designate factoryPid="org.example.many"><Object ocdref="org.example"/></Designate>
      </metatype:MetaData>
      """;

  @TempDir Path temporary;
  private Path directory;
  private Container container;
  private Folder folder;
  private ConfigurationAdmin admin;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws Exception {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    directory = Files.createDirectory(temporary.resolve("conf"));
    container = new Container(temporary.resolve("felix"));
    container.startFromClassPath("org.apache.felix.configadmin");
    container.startFromClassPath("org.apache.felix.metatype");
    admin = container.service(ConfigurationAdmin.class);
    folder = new Folder(directory, ConfigFile.ENDING, 0);
  }

  @AfterEach
  void stop() throws Exception {
    System.setErr(stderr);
    container.close();
  }

  private Configurations configurations(String... overrides) {
    Map<String, String> properties = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < overrides.length; i += 2) {
      names.add(overrides[i]);
      properties.put("org.mediacore.override." + overrides[i].replace('/', '.'), overrides[i + 1]);
    }
    properties.put("org.mediacore.overrides", String.join(" ", names));
    MetaTypeService metatype = container.service(MetaTypeService.class);
    return new Configurations(
        () -> Optional.of(admin),
        new Schemas(container.context(), () -> Optional.of(metatype)),
        Overrides.of(properties::get));
  }

  private void installSchema() throws Exception {
    Path jar =
        Jars.bundle("org.example", "1.0.0")
            .file("OSGI-INF/metatype/org.example.xml", METATYPE)
            .write(temporary.resolve("example.jar"));
    container.context().installBundle(jar.toUri().toString());
  }

  private void write(String name, String... lines) throws Exception {
    Path file = directory.resolve(name);
    long before = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
    Files.write(file, List.of(lines));
    Jars.touchAfter(file, before);
  }

  private Map<String, Object> inForce(String filter) throws Exception {
    Configuration[] found = admin.listConfigurations(filter);
    Map<String, Object> values = new TreeMap<>();
    if (found != null) {
      for (String key : Collections.list(found[0].getProperties().keys())) {
        Object value = found[0].getProperties().get(key);
        values.put(key, value instanceof Object[] array ? Arrays.asList(array) : value);
      }
      values.keySet().removeIf(key -> key.startsWith("service.") || key.startsWith("felix."));
    }
    return values;
  }

  private Map<String, Object> inForce() throws Exception {
    return inForce("(service.pid=" + PID + ")");
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void valuesGetTheTypesOfTheirKeys() throws Exception {
    installSchema();
    write("org.example.cfg", "loops = 4", "fec = false", "codecs = opus, pcmu", "latch = any");
    configurations().apply(folder.scanAtOnce());
    assertEquals(
        Map.of("loops", 4, "fec", false, "codecs", List.of("opus", "pcmu"), "latch", "any"),
        inForce());
    assertEquals("", log());
  }

  @Test
  void wrongValueKeepsThePreviousOneAndTheOthersApply() throws Exception {
    installSchema();
    Configurations configurations = configurations();
    write("org.example.cfg", "loops = 4", "latch = any");
    configurations.apply(folder.scanAtOnce());
    write("org.example.cfg", "loops = 9", "latch = signalled");
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 4, "latch", "signalled"), inForce());
    assertTrue(
        log()
            .contains(
                "org.example.cfg: loops = '9': allowed: a whole number from 1 to 8 (threads);"
                    + " '4' stays"),
        log());
  }

  @Test
  void wrongValueAtFirstLeavesTheDefault() throws Exception {
    installSchema();
    write("org.example.cfg", "fec = perhaps", "latch = no", "loops = two");
    configurations().apply(folder.scanAtOnce());
    assertEquals(Map.of(), inForce());
    assertTrue(log().contains("fec = 'perhaps': allowed: true or false; the default stays"), log());
    assertTrue(log().contains("latch = 'no': allowed: signalled, any; the default stays"), log());
    assertTrue(log().contains("loops = 'two': allowed: a whole number from 1 to 8"), log());
  }

  @Test
  void unknownKeyIsNamedAndIgnored() throws Exception {
    installSchema();
    write("org.example.cfg", "lops = 4", "loops = 2");
    configurations().apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 2), inForce());
    assertTrue(log().contains("org.example.cfg: unknown key 'lops' is ignored"), log());
  }

  @Test
  void commandLineWinsOverTheFileAndOutlivesIt() throws Exception {
    installSchema();
    Configurations configurations = configurations("org.example/loops", "7");
    configurations.applyOverrides();
    assertEquals(Map.of("loops", 7), inForce(), "without a file");
    write("org.example.cfg", "loops = 2", "fec = false");
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 7, "fec", false), inForce());
    Files.delete(directory.resolve("org.example.cfg"));
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 7), inForce());
  }

  @Test
  void removedFileDeletesTheConfiguration() throws Exception {
    installSchema();
    Configurations configurations = configurations();
    write("org.example.cfg", "loops = 2");
    configurations.apply(folder.scanAtOnce());
    Files.delete(directory.resolve("org.example.cfg"));
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of(), inForce());
  }

  @Test
  void fileOfALaterBundleIsCheckedWhenTheBundleComes() throws Exception {
    Configurations configurations = configurations();
    write("org.example.cfg", "loops = 99", "fec = false");
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", "99", "fec", "false"), inForce(), "unchecked text");
    installSchema();
    configurations.schemasChanged();
    assertEquals(Map.of("fec", false), inForce());
    assertTrue(log().contains("loops = '99'"), log());
  }

  @Test
  void bundleThatCannotBeResolvedDescribesNothing() throws Exception {
    Path jar =
        Jars.bundle("org.example", "1.0.0")
            .header("Import-Package", "org.missing")
            .file("OSGI-INF/metatype/org.example.xml", METATYPE)
            .write(temporary.resolve("example.jar"));
    container.context().installBundle(jar.toUri().toString());
    write("org.example.cfg", "loops = 4");
    configurations().apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", "4"), inForce());
  }

  @Test
  void factoryFilesHaveANameAfterTheTilde() throws Exception {
    installSchema();
    write("org.example.many~one.cfg", "loops = 3");
    configurations().apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 3), inForce("(service.factoryPid=org.example.many)"));
  }

  @Test
  void unreadableFileKeepsWhatItSaid() throws Exception {
    installSchema();
    Configurations configurations = configurations();
    write("org.example.cfg", "loops = 2");
    configurations.apply(folder.scanAtOnce());
    write("org.example.cfg", "loops = \\u00zz");
    configurations.apply(folder.scanAtOnce());
    assertEquals(Map.of("loops", 2), inForce());
    assertTrue(log().contains("org.example.cfg: not read: "), log());
  }
}
