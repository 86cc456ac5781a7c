package org.mediacore.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Calls the platform many times over UDP: just enough of SIP to set calls up and to end them. For
 * one thread; nothing happens unless one of its methods is called.
 */
final class SipClient implements AutoCloseable {
  private static final int IN_FLIGHT = 64;
  private static final long NAP_NS = 500_000;
  private static final long ANSWER_NS = 30_000_000_000L;
  private static final long HANG_UP_NS = 20_000_000_000L;
  private static final long RETRANSMIT_CHECK_NS = 100_000_000;

  private final DatagramChannel channel;
  private final InetSocketAddress platform;
  private final String own;
  private final ByteBuffer in = ByteBuffer.allocate(65_536);
  private final List<SipDialog> dialogs = new ArrayList<>();
  private final Map<String, SipDialog> byCallId = new HashMap<>();
  private long nextCheckNs;
  private boolean hangingUp;

  /**
   * Opens the client.
   *
   * @param address its own address
   * @param platform the platform's SIP address
   */
  SipClient(String address, InetSocketAddress platform) throws IOException {
    this.platform = platform;
    channel = DatagramChannel.open().bind(new InetSocketAddress(address, 0));
    channel.configureBlocking(false);
    own = address + ":" + ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Adds a call; it begins with {@link #establish}. */
  SipDialog add(String user, String offer) {
    String remote = platform.getAddress().getHostAddress() + ":" + platform.getPort();
    SipDialog dialog = new SipDialog(dialogs.size(), user, own, remote, offer);
    dialogs.add(dialog);
    byCallId.put(dialog.callId(), dialog);
    return dialog;
  }

  /**
   * Sets all calls up, in order.
   *
   * @param perSecond how many to begin each second at most
   * @throws IOException if one of them fails; the message says which and why
   */
  void establish(int perSecond) throws IOException {
    long stepNs = 1_000_000_000L / perSecond;
    long nextNs = System.nanoTime();
    long deadlineNs = nextNs + dialogs.size() * stepNs + ANSWER_NS;
    int begun = 0;
    while (count(d -> d.state == SipDialog.State.UP) < dialogs.size()) {
      long nowNs = System.nanoTime();
      if (begun < dialogs.size()
          && nowNs - nextNs >= 0
          && count(d -> d.state == SipDialog.State.INVITING) < IN_FLIGHT) {
        send(dialogs.get(begun++).invite(nowNs), platform);
        nextNs += stepNs;
      } else {
        LockSupport.parkNanos(NAP_NS);
      }
      poll();
      failIfOneFailed();
      if (nowNs - deadlineNs > 0) {
        throw new IOException(
            count(d -> d.state != SipDialog.State.UP) + " calls were not answered in time");
      }
    }
  }

  private void failIfOneFailed() throws IOException {
    for (SipDialog dialog : dialogs) {
      if (dialog.state == SipDialog.State.FAILED) {
        throw new IOException(dialog.failure);
      }
    }
  }

  /**
   * Ends all calls that are up, those among them that are answered only now; waits 20 s at most.
   *
   * @return how many were not up any more, or did not get an answer to their BYE
   */
  int hangUp() throws IOException {
    hangingUp = true;
    long deadlineNs = System.nanoTime() + HANG_UP_NS;
    int open = dialogs.size();
    while (open > 0 && System.nanoTime() - deadlineNs < 0) {
      int leaving = count(d -> d.state == SipDialog.State.LEAVING);
      open = leaving + count(d -> d.state == SipDialog.State.INVITING);
      for (SipDialog dialog : dialogs) {
        if (dialog.state == SipDialog.State.UP) {
          open++;
          if (leaving < IN_FLIGHT) {
            leaving++;
            send(dialog.bye(System.nanoTime()), platform);
          }
        }
      }
      LockSupport.parkNanos(NAP_NS);
      poll();
    }
    return count(d -> d.state != SipDialog.State.DOWN);
  }

  private int count(Predicate<SipDialog> which) {
    int count = 0;
    for (SipDialog dialog : dialogs) {
      count += which.test(dialog) ? 1 : 0;
    }
    return count;
  }

  /** Handles what has arrived and repeats what was not answered; never waits. */
  void poll() throws IOException {
    for (SocketAddress from = channel.receive(in.clear());
        from != null;
        from = channel.receive(in.clear())) {
      handle(new String(in.array(), 0, in.position(), StandardCharsets.UTF_8), from);
    }
    long nowNs = System.nanoTime();
    if (nowNs - nextCheckNs >= 0) {
      nextCheckNs = nowNs + RETRANSMIT_CHECK_NS;
      for (SipDialog dialog : dialogs) {
        send(dialog.due(nowNs), platform);
      }
    }
  }

  private void handle(String message, SocketAddress from) throws IOException {
    SipDialog dialog = byCallId.get(SipDialog.header(message, "Call-ID"));
    if (dialog == null) {
      return;
    }
    if (message.matches("(?s)SIP/2\\.0 \\d{3} .*")) {
      String sequence = SipDialog.header(message, "CSeq");
      String method = sequence.substring(sequence.indexOf(' ') + 1);
      send(dialog.response(Integer.parseInt(message.substring(8, 11)), method, message), platform);
    } else if (!message.startsWith("ACK ")) {
      send(accept(message), from);
      if (message.startsWith("BYE ")) {
        dialog.endedByPlatform(hangingUp);
      }
    }
  }

  /** A 200 to whatever the platform asks inside a call. */
  private static String accept(String request) {
    StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
    for (String line : request.split("\r\n")) {
      if (line.isEmpty()) {
        break;
      }
      if (line.matches("(?i)(via|from|to|call-id|cseq):.*")) {
        response.append(line).append("\r\n");
      }
    }
    return response.append("Content-Length: 0\r\n\r\n").toString();
  }

  private void send(String message, SocketAddress to) throws IOException {
    if (!message.isEmpty()) {
      channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), to);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
