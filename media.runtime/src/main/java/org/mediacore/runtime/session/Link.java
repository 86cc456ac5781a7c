package org.mediacore.runtime.session;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.plan.PipelinePlan;

/**
 * What a session is connected to, seen from the control side. All methods are called under the
 * platform's lock.
 */
interface Link {
  /** What is there, for reports. */
  String describe();

  /** Whether telephone events are passed on to another session. */
  boolean relaysEvents();

  /**
   * Creates what the session needs to be part of this link, without changing anything that runs.
   *
   * @throws MediaSetupException where the link is full or closed, or a codec instance cannot be
   *     made
   */
  void prepare(CoreSession session) throws MediaSetupException;

  /** Makes the session part of this link; everything was prepared. */
  void join(CoreSession session) throws MediaSetupException;

  /** The session agreed on something new, or joined: its pipelines are planned and built anew. */
  void rebuild(CoreSession session) throws MediaSetupException;

  /** The session leaves; its pipelines stop. Who stays is told where that ends the connection. */
  void leave(CoreSession session);

  /** The plans of the session's two directions: what it sends to us, what we send to it. */
  List<PipelinePlan> plans(CoreSession session);
}
