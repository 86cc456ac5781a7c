package org.mediacore.deployer;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the platform follow home/conf and home/deploy. Holds no thread and reads no clock: whoever
 * calls {@link #scan} does. Safe for use by several threads.
 */
final class Deployer {
  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  private final Folder confFolder;
  private final Configurations configurations;
  private final Folder deployFolder;
  private final Deployments deployments;
  private final Archivist archivist;
  private long lastNs;
  private String complaint = "";

  Deployer(
      Folder confFolder,
      Configurations configurations,
      Folder deployFolder,
      Deployments deployments,
      Archivist archivist) {
    this.confFolder = confFolder;
    this.configurations = configurations;
    this.deployFolder = deployFolder;
    this.deployments = deployments;
    this.archivist = archivist;
  }

  /** Applies the files and starts the bundles that are there, before it returns. */
  synchronized void start() throws InterruptedException {
    try {
      configurations.apply(confFolder.scanAtOnce());
      configurations.applyOverrides();
      deployments.apply(deployFolder.scanAtOnce());
    } catch (IOException e) {
      complain(e);
    }
  }

  /**
   * Looks once for changes and applies them.
   *
   * @param nowNs the time of a monotonic clock
   * @param bundlesChanged whether other bundles came or went since the last time
   * @return whether a file is still changing, so that the next look should be soon
   */
  synchronized boolean scan(long nowNs, boolean bundlesChanged) throws InterruptedException {
    lastNs = nowNs;
    if (bundlesChanged) {
      configurations.schemasChanged();
      deployments.retry();
    }
    try {
      configurations.apply(confFolder.scan(nowNs));
      deployments.apply(deployFolder.scan(nowNs));
      complaint = "";
    } catch (IOException e) {
      complain(e);
    }
    archivist.look(deployments.deployed(), nowNs);
    return confFolder.unsettled() || deployFolder.unsettled();
  }

  /**
   * Follows the deploy directory at once.
   *
   * @param complete a file in it that is known to be complete
   * @throws IOException when the directory cannot be listed
   */
  synchronized void follow(String complete) throws IOException, InterruptedException {
    deployFolder.complete(complete);
    deployments.apply(deployFolder.scan(lastNs));
  }

  /** The jars of home/deploy that are bundles. */
  synchronized List<Deployments.Deployed> deployed() {
    return deployments.deployed();
  }

  /** Says once that a directory cannot be listed; what it held before stays in force. */
  private void complain(IOException e) {
    if (!e.toString().equals(complaint)) {
      complaint = e.toString();
      LOG.warn("cannot look for changes: {}", complaint);
    }
  }
}
