package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework that is busy resolving for another thread: it gives up a thread that waits for it
 * where the two would wait for each other. Here the test breaks the wait off in the same way.
 */
class InsistenceTest {
  private static final long WITHIN_NS = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path temporary;
  private Path directory;
  private Container container;
  private Folder folder;
  private Deployments deployments;
  private Thread resolving;
  private int delays;
  private int freeAfter;
  private final CountDownLatch free = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(temporary.resolve("deploy"));
    container = new Container(temporary.resolve("felix"));
    folder = new Folder(directory, ".jar", 0);
    deployments =
        new Deployments(
            container.context(),
            Base.now(container.context()),
            bundle -> {},
            new Insistence(this::delay));
  }

  @AfterEach
  void stop() throws Exception {
    free.countDown();
    if (resolving != null) {
      resolving.join();
    }
    container.close();
  }

  /** The framework is free from the given refusal on. */
  private void delay(long ms) throws InterruptedException {
    assertEquals(Insistence.DELAY_MS, ms);
    if (++delays == freeAfter) {
      free.countDown();
      resolving.join();
    }
  }

  /** Another thread resolves a bundle, and stays in the middle of it. */
  private void occupy() throws Exception {
    Path jar = Jars.bundle("other", "1.0.0").write(temporary.resolve("other.jar"));
    Bundle other = container.context().installBundle(jar.toUri().toString());
    CountDownLatch occupied = new CountDownLatch(1);
    container
        .context()
        .registerService(ResolverHookFactory.class, triggers -> new Waiting(occupied), null);
    FrameworkWiring wiring =
        container
            .context()
            .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
            .adapt(FrameworkWiring.class);
    resolving = new Thread(() -> wiring.resolveBundles(List.of(other)), "resolving");
    resolving.start();
    assertTrue(occupied.await(20, TimeUnit.SECONDS));
  }

  private final class Waiting implements ResolverHook {
    private final CountDownLatch occupied;

    Waiting(CountDownLatch occupied) {
      this.occupied = occupied;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
      occupied.countDown();
      try {
        free.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void filterSingletonCollisions(
        BundleCapability singleton, Collection<BundleCapability> collisions) {}

    @Override
    public void filterMatches(
        BundleRequirement requirement, Collection<BundleCapability> candidates) {}

    @Override
    public void end() {}
  }

  /** Follows the directory, on a thread whose waits for the framework are broken off. */
  private void look() throws Exception {
    Thread deploying =
        new Thread(
            () -> {
              try {
                deployments.apply(folder.scanAtOnce());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "deploying");
    deploying.start();
    long endNs = System.nanoTime() + WITHIN_NS;
    while (deploying.isAlive() && System.nanoTime() < endNs) {
      // In this order: who waits while the framework is not free yet waits for it.
      if (deploying.getState() == Thread.State.WAITING && free.getCount() > 0) {
        deploying.interrupt();
        while (deploying.getState() == Thread.State.WAITING && deploying.isInterrupted()) {
          Thread.onSpinWait();
        }
      }
      Thread.onSpinWait();
    }
    assertTrue(!deploying.isAlive(), "deploying goes on");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void newJarIsInstalledOnceTheFrameworkIsFree(int refusedTimes) throws Exception {
    freeAfter = refusedTimes;
    occupy();
    Jars.bundle("codec.a", "1.0.0").write(directory.resolve("a.jar"));
    look();
    assertTrue(container.bundles().contains("codec.a 1.0.0 active"), container.bundles()::toString);
    assertEquals(List.of(), deployments.complaints());
    assertEquals(refusedTimes, delays);
  }

  @Test
  void updateIsMadeOnceTheFrameworkIsFree() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(directory.resolve("a.jar"));
    deployments.apply(folder.scanAtOnce());
    freeAfter = 1;
    occupy();
    Jars.bundle("codec.a", "1.1.0").write(directory.resolve("a.jar"));
    look();
    assertTrue(container.bundles().contains("codec.a 1.1.0 active"), container.bundles()::toString);
    assertEquals(List.of(), deployments.complaints());
    assertEquals(1, delays);
  }

  @Test
  void removedJarIsUninstalledOnceTheFrameworkIsFree() throws Exception {
    Path jar = Jars.bundle("codec.a", "1.0.0").write(directory.resolve("a.jar"));
    deployments.apply(folder.scanAtOnce());
    freeAfter = 1;
    occupy();
    Files.delete(jar);
    look();
    assertEquals(List.of("other 1.0.0 resolved"), container.bundles());
    assertEquals(1, delays);
  }

  @Test
  void frameworkThatStaysBusyIsGivenUpUntilSomethingChanges() throws Exception {
    freeAfter = Integer.MAX_VALUE;
    occupy();
    Jars.bundle("codec.a", "1.0.0").write(directory.resolve("a.jar"));
    look();
    assertEquals(2 * (Insistence.ATTEMPTS - 1), delays, "at its turn, and behind all others");
    List<String> complaints = deployments.complaints();
    assertEquals(1, complaints.size(), complaints.toString());
    assertTrue(complaints.get(0).endsWith("; tried 10 times"), complaints.get(0));
    free.countDown();
    resolving.join();
    deployments.retry();
    assertTrue(container.bundles().contains("codec.a 1.0.0 active"), container.bundles()::toString);
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void whatFailsForAnotherReasonIsNotRepeated() {
    BundleException failure = new BundleException("no such class");
    int[] runs = new int[1];
    BundleException thrown =
        assertThrows(
            BundleException.class,
            () ->
                new Insistence(this::delay)
                    .run(
                        () -> {
                          runs[0]++;
                          throw failure;
                        }));
    assertSame(failure, thrown);
    assertEquals(1, runs[0]);
    assertEquals(0, delays);
  }
}
