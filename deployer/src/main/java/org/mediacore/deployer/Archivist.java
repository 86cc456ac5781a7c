package org.mediacore.deployer;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives what is deployed, and keeps the archive small. Where it cannot, it says so once and
 * tries again a minute later; nothing else depends on it. Used by one thread at a time.
 */
final class Archivist {
  private static final Logger LOG = LoggerFactory.getLogger("archive");
  private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);

  private final Archive archive;
  private final IntSupplier perBundle;
  private final Predicate<Candidate> wanted;
  private final Set<String> kept = new HashSet<>();
  private String complaint = "";
  private long failedNs;

  /**
   * @param perBundle how many builds of one bundle stay that are not deployed
   * @param wanted which ones stay in any case
   */
  Archivist(Archive archive, IntSupplier perBundle, Predicate<Candidate> wanted) {
    this.archive = archive;
    this.perBundle = perBundle;
    this.wanted = wanted;
  }

  /**
   * Archives what runs and is not in the archive yet.
   *
   * @param nowNs the time of a monotonic clock
   */
  void look(List<Deployments.Deployed> deployed, long nowNs) {
    if (!complaint.isEmpty() && nowNs - failedNs < RETRY_NS) {
      return;
    }
    try {
      boolean added = false;
      for (Deployments.Deployed jar : deployed) {
        if (jar.running() && jar.complaint().isEmpty() && !kept.contains(key(jar.candidate()))) {
          archive.keep(jar.candidate());
          kept.add(key(jar.candidate()));
          added = true;
        }
      }
      if (added) {
        prune(deployed);
      }
      complaint = "";
    } catch (IOException e) {
      failedNs = nowNs;
      if (!e.toString().equals(complaint)) {
        complaint = e.toString();
        LOG.warn("deployed jars cannot be archived, deployment goes on: {}", complaint);
      }
    }
  }

  private void prune(List<Deployments.Deployed> deployed) throws IOException {
    Predicate<Candidate> stays =
        build ->
            wanted.test(build)
                || deployed.stream().anyMatch(jar -> jar.candidate().sameBuildAs(build));
    for (Candidate build : archive.prune(perBundle.getAsInt(), stays)) {
      kept.remove(key(build));
      LOG.info("{}: deleted, one of the oldest of its bundle", build.file().getFileName());
    }
  }

  private static String key(Candidate build) {
    return build + " " + build.fingerprint();
  }
}
