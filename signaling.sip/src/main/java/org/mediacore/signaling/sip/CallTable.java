package org.mediacore.signaling.sip;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The calls of one listening address. Safe for use by several threads. */
final class CallTable {
  private final ConcurrentMap<String, Call> byDialog = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Call> byInvite = new ConcurrentHashMap<>();

  /**
   * Takes a call in.
   *
   * @return false where the same INVITE made a call before, on another path (RFC 3261 §8.2.2.2)
   */
  boolean add(Call call) {
    if (byInvite.putIfAbsent(call.inviteKey(), call) != null) {
      return false;
    }
    byDialog.put(call.dialogKey(), call);
    return true;
  }

  void remove(Call call) {
    byDialog.remove(call.dialogKey(), call);
    byInvite.remove(call.inviteKey(), call);
  }

  /** The call whose dialog a request belongs to. */
  Optional<Call> find(IncomingRequest request) {
    return request
        .toTag()
        .map(tag -> byDialog.get(Dialog.key(request.callId(), tag)))
        .filter(call -> call.isFromPeer(request));
  }

  List<Call> all() {
    return List.copyOf(byDialog.values());
  }

  int size() {
    return byDialog.size();
  }
}
