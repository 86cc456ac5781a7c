package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Which factory is registered when, without a container. */
class OpusCodecComponentTest {
  private static final CodecParameters PARAMETERS =
      Engines.parameters(new AudioFormat(48_000, 1), 20_000, Fmtp.NONE);

  @TempDir Path directory;
  private final List<OpusCodecFactory> registered = new ArrayList<>();
  private final List<Integer> registeredAfterEachChange = new ArrayList<>();
  private final Map<String, String> frameworkProperties = new HashMap<>();

  @Test
  void registersWhatIsConfigured() {
    OpusCodecComponent component =
        new OpusCodecComponent(context(), Map.of("native", "false", "stereo", "true"));
    assertEquals(1, registered.size());
    assertEquals(2, registered.get(0).descriptors().get(0).audio().channels());
    component.deactivate();
    assertEquals(List.of(), registered);
  }

  @Test
  void frameworkPropertySwitchesLibopusOff() throws Exception {
    frameworkProperties.put(OpusCodecComponent.NATIVE_PROPERTY, "false");
    OpusCodecComponent component = new OpusCodecComponent(context(), Map.of());
    AudioEncoder encoder = registered.get(0).createEncoder(PARAMETERS);
    component.deactivate();
    encoder.close();
    assertEquals(List.of(), filesIn(directory.resolve("libopus")), "libopus was copied");
  }

  /** The new factory is there before the old one goes; the old one's instances go on. */
  @Test
  void changedConfigurationIsAnotherFactory() throws Exception {
    OpusCodecComponent component = new OpusCodecComponent(context(), Map.of());
    OpusCodecFactory before = registered.get(0);
    AudioEncoder encoder = before.createEncoder(PARAMETERS);
    component.modified(Map.of("dtx", "true"));
    assertEquals(List.of(1, 2, 1), registeredAfterEachChange);
    assertEquals(
        "useinbandfec=1;usedtx=1", registered.get(0).descriptors().get(0).defaultFmtp().toText());
    assertEquals("useinbandfec=1", before.descriptors().get(0).defaultFmtp().toText());
    component.deactivate();
    assertTrue(encoder.encode(new short[960], 0, 960, ByteBuffer.allocate(1275)) > 0);
    encoder.close();
  }

  @Test
  void wrongOrUnchangedConfigurationChangesNothing() {
    OpusCodecComponent component =
        new OpusCodecComponent(context(), Map.of("native", "false", "complexity", "3"));
    OpusCodecFactory before = registered.get(0);
    component.modified(Map.of("native", "false", "complexity", "eleven"));
    component.modified(Map.of("native", "false", "complexity", "3", "unknown", "key"));
    assertEquals(List.of(before), registered);
    component.deactivate();
  }

  /** A factory that somebody still holds refuses instead of crashing. */
  @Test
  void aFactoryThatIsGoneRefuses() {
    Engines.libopus(directory.resolve("probe")).release();
    OpusCodecComponent component = new OpusCodecComponent(context(), Map.of());
    OpusCodecFactory gone = registered.get(0);
    component.deactivate();
    assertThrows(MediaSetupException.class, () -> gone.createEncoder(PARAMETERS));
  }

  private static List<String> filesIn(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private BundleContext context() {
    return fake(
        BundleContext.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getProperty" -> frameworkProperties.get(arguments[0]);
              case "getDataFile" -> directory.resolve((String) arguments[0]).toFile();
              case "registerService" -> register((OpusCodecFactory) arguments[1]);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private ServiceRegistration<?> register(OpusCodecFactory factory) {
    registered.add(factory);
    registeredAfterEachChange.add(registered.size());
    return fake(
        ServiceRegistration.class,
        (proxy, method, arguments) -> {
          assertEquals("unregister", method.getName());
          registered.remove(factory);
          registeredAfterEachChange.add(registered.size());
          return null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
