package org.mediacore.runtime.pipeline;

/**
 * Tells a collision of SSRCs, after which we take another, from a loop: a peer that sends our
 * packets back collides with whatever we take (RFC 3550 §8.2).
 */
final class CollisionMemory {
  /** Ten RTCP intervals (RFC 3550 §8.2). */
  private static final long MEMORY_NS = 50_000_000_000L;

  private boolean collided;
  private long collisionNs;

  /** Notes a packet with our SSRC; whether it is one of a loop. */
  boolean isLoop(long nowNs) {
    boolean loops = collided && nowNs - collisionNs < MEMORY_NS;
    collided = true;
    collisionNs = nowNs;
    return loops;
  }
}
