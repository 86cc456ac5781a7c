package org.mediacore.runtime.pipeline;

import org.mediacore.runtime.registry.Provider;

/** What a leg tells its session, on the loop: must not block or allocate in the usual case. */
public interface LegListener {
  /** Nothing came from the far end for this long; told at each RTCP interval. */
  void silentFor(long silentNs);

  /**
   * An instance has failed at several frames or packets in a row.
   *
   * @param provider whose it is
   * @param what decoder, encoder, processor or transport
   */
  void failing(Provider provider, String what);

  /**
   * The packets of the codec before a change are not taken any more.
   *
   * @param decoder what decoded them; the loop has let go of it
   */
  void formerCodecEnded(DecodeStage decoder);

  /** Something that serves this leg threw what it must not throw; the packet is lost. */
  void failed(Throwable cause);
}
