package org.mediacore.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.mediacore.api.session.MediaManager;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A codec comes and goes in home/deploy while a call is up. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DeployIT {
  private static final String TYPES = "96 0";
  private static final String[] RTPMAPS = {"96 opus/48000/2", "0 PCMU/8000"};
  private static final long WITHIN_S = 20;

  @Inject BundleContext context;
  @Inject MediaManager manager;

  @Configuration
  public Option[] onlyG711() throws IOException {
    return new Option[] {Distribution.in("deploy", "codec.g711")};
  }

  @Test
  public void codecComesAndGoesUnderACall() throws Exception {
    Path deploy = Path.of(context.getProperty("org.mediacore.home"), "deploy");
    Path jar = opus();
    try (Caller before = call()) {
      assertTrue(before.answer(), before.answer().contains("PCMU/8000"));
      assertFalse(before.answer(), before.answer().contains("opus"));
      before.establish();

      Distribution.copy(jar, deploy);
      exchangeUntil(before, () -> hasOpus());
      try (Caller during = call()) {
        assertTrue(during.answer(), during.answer().contains("opus/48000/2"));
      }

      Files.delete(deploy.resolve(jar.getFileName()));
      exchangeUntil(before, () -> !hasOpus());
      try (Caller after = call()) {
        assertFalse(after.answer(), after.answer().contains("opus"));
        after.establish();
      }

      before.exchange();
      assertEquals(0, before.missing());
      assertEquals(0, before.statistics().packetsLost());
      assertEquals(0, before.statistics().framesFailed());
    }
  }

  private Caller call() throws Exception {
    return new Caller(manager, TYPES, RTPMAPS);
  }

  private Path opus() throws IOException {
    Path folder = Path.of(context.getProperty("mediacore.dist"), "deploy");
    return Distribution.jars(folder).stream()
        .filter(jar -> jar.getFileName().toString().startsWith("codec.opus"))
        .findFirst()
        .orElseThrow();
  }

  private boolean hasOpus() {
    return manager.codecs().stream()
        .anyMatch(codec -> codec.descriptor().encoding().equalsIgnoreCase("opus"));
  }

  /** Keeps the call busy, each packet waiting for the echo of the last, until something is so. */
  private static void exchangeUntil(Caller caller, BooleanSupplier condition) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_S);
    int packets = 0;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("not so within " + WITHIN_S + " s, " + packets + " packets");
      }
      caller.exchange();
      packets++;
    }
  }
}
