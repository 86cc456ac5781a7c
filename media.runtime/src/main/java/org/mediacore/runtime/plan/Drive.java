package org.mediacore.runtime.plan;

/** Who drives a pipeline. */
public enum Drive {
  /** Packets are passed on as they arrive, never decoded. */
  RELAY,
  /** Packets are decoded and encoded as they arrive; no buffering is added. */
  TRANSCODE,
  /** A jitter buffer is pulled by a tick. */
  CLOCKED;

  /** The name as reports write it. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
