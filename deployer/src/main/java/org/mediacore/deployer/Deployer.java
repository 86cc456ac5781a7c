package org.mediacore.deployer;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the platform follow home/conf and home/deploy. Holds no thread and reads no clock: whoever
 * calls {@link #scan} does. Used by one thread at a time.
 */
final class Deployer {
  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  private final Folder confFolder;
  private final Configurations configurations;
  private final Folder deployFolder;
  private final Deployments deployments;
  private String complaint = "";

  Deployer(
      Folder confFolder,
      Configurations configurations,
      Folder deployFolder,
      Deployments deployments) {
    this.confFolder = confFolder;
    this.configurations = configurations;
    this.deployFolder = deployFolder;
    this.deployments = deployments;
  }

  /** Applies the files and starts the bundles that are there, before it returns. */
  void start() throws InterruptedException {
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
  boolean scan(long nowNs, boolean bundlesChanged) throws InterruptedException {
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
    return confFolder.unsettled() || deployFolder.unsettled();
  }

  /** Says once that a directory cannot be listed; what it held before stays in force. */
  private void complain(IOException e) {
    if (!e.toString().equals(complaint)) {
      complaint = e.toString();
      LOG.warn("cannot look for changes: {}", complaint);
    }
  }
}
