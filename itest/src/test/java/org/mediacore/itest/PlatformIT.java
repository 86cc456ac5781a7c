package org.mediacore.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.mediacore.api.session.MediaManager;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The distribution in its container: it is all up, and nobody imports what it must not. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PlatformIT {
  private static final String OURS = "org.mediacore.";
  private static final String API = OURS + "media.api";
  private static final String SDP = OURS + "media.sdp";
  private static final String FFMPEG = OURS + "media.ffmpeg";
  private static final long CODECS_COME_S = 60;

  /** Which bundles of the platform a bundle may use, by the beginning of its name. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  /** What a bundle may use that is neither the platform's nor the container's. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          OURS + "codec.opus", Set.of("com.sun.jna"),
          OURS + "codec.amr", Set.of(FFMPEG),
          OURS + "codec.aac", Set.of(FFMPEG, "com.sun.jna"));

  private static final Set<String> CONTAINER =
      Set.of(
          "org.apache.felix.framework",
          "org.apache.felix.scr",
          "org.osgi.service.component",
          "org.osgi.util.promise",
          "org.osgi.util.function",
          "slf4j.api");

  @Inject BundleContext context;
  @Inject MediaManager manager;

  private static Map<String, Set<String>> mayUse() {
    // The longer name first.
    Map<String, Set<String>> rules = new TreeMap<>(Comparator.reverseOrder());
    for (String user :
        List.of(
            "codec.",
            "payload.",
            "processing.",
            "transport.",
            "format.",
            "endpoint.",
            "console.",
            "device.")) {
      rules.put(OURS + user, Set.of(API));
    }
    rules.put(OURS + "codec.amr", Set.of(API, FFMPEG));
    rules.put(OURS + "codec.aac", Set.of(API, FFMPEG));
    rules.put(FFMPEG, Set.of(API));
    rules.put(OURS + "signaling.", Set.of(API, SDP));
    rules.put(OURS + "media.runtime", Set.of(API, SDP));
    rules.put(SDP, Set.of());
    rules.put(API, Set.of());
    rules.put(OURS + "deployer", Set.of(API));
    return rules;
  }

  @Configuration
  public Option[] distribution() throws IOException {
    return new Option[] {Distribution.in("platform", "codec.")};
  }

  /** Those on FFmpeg come when its libraries are loaded. */
  @Before
  public void awaitCodecs() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CODECS_COME_S);
    while (!encodings()
        .containsAll(Set.of("amr", "amr-wb", "mpeg4-generic", "mp4a-latm", "ilbc", "l16"))) {
      assertTrue("only " + encodings(), System.nanoTime() < deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private List<String> encodings() {
    return manager.codecs().stream()
        .map(codec -> codec.descriptor().encoding().toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private List<Bundle> ours() {
    return List.of(context.getBundles()).stream()
        .filter(bundle -> bundle.getSymbolicName().startsWith(OURS))
        .toList();
  }

  @Test
  public void everyBundleIsActive() {
    Map<String, Integer> notActive = new TreeMap<>();
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
      boolean lazy = bundle.getState() == Bundle.STARTING;
      if (!fragment && !lazy && bundle.getState() != Bundle.ACTIVE) {
        notActive.put(bundle.getSymbolicName(), bundle.getState());
      }
    }
    assertEquals(Map.of(), notActive);
    assertTrue("too few of our bundles: " + ours(), ours().size() >= 12);
  }

  @Test
  public void whatCanBeReplacedComesFromTheDeployFolder() {
    Set<String> replaceable = new TreeSet<>();
    for (Bundle bundle : ours()) {
      String name = bundle.getSymbolicName().substring(OURS.length());
      if (name.matches("(codec|processing|transport|format|endpoint|console)\\..*")) {
        assertTrue(name + " is part of the base", bundle.getLocation().startsWith("deploy:"));
        replaceable.add(name.substring(0, name.indexOf('.')));
      }
    }
    assertTrue(
        "" + replaceable,
        replaceable.containsAll(Set.of("codec", "transport", "format", "endpoint", "console")));
  }

  @Test
  public void everyComponentIsSatisfied() throws Exception {
    Collection<ServiceReference<Supplier>> found = rawSuppliers("(media.diagnosis=true)");
    assertEquals(1, found.size());
    assertEquals("every component is satisfied", context.getService(found.iterator().next()).get());
  }

  @SuppressWarnings("rawtypes")
  private Collection<ServiceReference<Supplier>> rawSuppliers(String filter) throws Exception {
    return context.getServiceReferences(Supplier.class, filter);
  }

  @Test
  public void whoMustListenDoes() throws Exception {
    Set<String> expected = new TreeSet<>();
    for (Bundle bundle : ours()) {
      if (bundle.getHeaders().get("Media-Listening") != null) {
        expected.add(bundle.getSymbolicName());
      }
    }
    Set<String> listening = new TreeSet<>();
    for (ServiceReference<?> service :
        context.getAllServiceReferences(null, "(media.listening=*)")) {
      listening.add(service.getBundle().getSymbolicName());
    }
    assertEquals(expected, listening);
    assertTrue(expected.contains(OURS + "signaling.sip"));
  }

  @Test
  public void codecsAreThereInTheOrderOfPreference() {
    List<String> encodings = encodings();
    assertEquals(List.of("opus", "g722", "pcmu", "pcma"), encodings.subList(0, 4));
    // The others come as their bundles start.
    assertEquals(
        Set.of("l16", "ilbc", "amr", "amr-wb", "mpeg4-generic", "mp4a-latm"),
        Set.copyOf(encodings.subList(4, encodings.size())));
  }

  @Test
  public void manifestsNameThePayloadFormats() {
    assertEquals(
        Map.of(OURS + "payload.mpeg4", Set.of("mpeg4-generic", "mp4a-latm")),
        declared("media.payload"));
  }

  private Map<String, Set<String>> declared(String namespace) {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (Bundle bundle : ours()) {
      Set<String> encodings = new TreeSet<>();
      bundle.adapt(BundleRevision.class).getDeclaredCapabilities(namespace).stream()
          .map(capability -> String.valueOf(capability.getAttributes().get("encoding")))
          .forEach(encodings::add);
      if (!encodings.isEmpty()) {
        declared.put(bundle.getSymbolicName(), encodings);
      }
    }
    return declared;
  }

  @Test
  public void manifestsNameTheCodecs() {
    assertEquals(
        Map.of(
            OURS + "codec.g711", Set.of("pcma", "pcmu"),
            OURS + "codec.l16", Set.of("l16"),
            OURS + "codec.g722", Set.of("g722"),
            OURS + "codec.ilbc", Set.of("ilbc"),
            OURS + "codec.opus", Set.of("opus"),
            OURS + "codec.amr", Set.of("amr", "amr-wb"),
            OURS + "codec.aac", Set.of("aac")),
        declared("media.codec"));
  }

  @Test
  public void onlyContractsAreExported() {
    Set<String> exporters = new TreeSet<>();
    for (Bundle bundle : ours()) {
      List<?> packages =
          bundle.adapt(BundleWiring.class).getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
      if (!packages.isEmpty()) {
        exporters.add(bundle.getSymbolicName());
      }
    }
    assertEquals(Set.of(API, SDP, FFMPEG), exporters);
  }

  @Test
  public void arrowsPointOneWay() {
    Set<String> broken = new TreeSet<>();
    for (Bundle bundle : ours()) {
      Set<String> allowed = allowed(bundle.getSymbolicName());
      for (String provider : providers(bundle)) {
        if (provider.startsWith(OURS) && !allowed.contains(provider)) {
          broken.add(bundle.getSymbolicName() + " uses " + provider);
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  private static Set<String> allowed(String name) {
    return MAY_USE.entrySet().stream()
        .filter(rule -> name.startsWith(rule.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no rule for " + name));
  }

  @Test
  public void nobodyUsesTheRuntimeAndEverybodyTheApi() {
    Set<String> usersOfApi = new TreeSet<>();
    for (Bundle bundle : ours()) {
      Set<String> providers = providers(bundle);
      assertFalse(
          bundle.getSymbolicName() + " uses the runtime",
          providers.contains(OURS + "media.runtime"));
      if (providers.contains(API)) {
        usersOfApi.add(bundle.getSymbolicName());
      }
    }
    // Wires are really read: a test that finds none would prove nothing.
    assertTrue("" + usersOfApi, usersOfApi.contains(OURS + "codec.g711"));
    assertTrue("" + usersOfApi, usersOfApi.contains(OURS + "signaling.sip"));
  }

  @Test
  public void codecsUseTheApiAndTheirLibraryOnly() {
    for (Bundle bundle : ours()) {
      String name = bundle.getSymbolicName();
      if (name.startsWith(OURS + "codec.")) {
        Set<String> others = new TreeSet<>(providers(bundle));
        others.removeAll(CONTAINER);
        others.remove(API);
        others.removeAll(LIBRARIES.getOrDefault(name, Set.of()));
        assertEquals(name, Set.of(), others);
      }
    }
  }

  @Test
  public void librariesAreCopiedAndNoBundles() {
    for (Bundle bundle : ours()) {
      assertFalse(bundle.getSymbolicName().equals(OURS + "media.dsp"));
      assertFalse(bundle.getSymbolicName().equals(OURS + "media.rtp"));
    }
  }

  /** The names of those bundles that a bundle has wires to. */
  private static Set<String> providers(Bundle bundle) {
    Set<String> providers = new TreeSet<>();
    for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
      providers.add(wire.getProvider().getSymbolicName());
    }
    return providers;
  }
}
