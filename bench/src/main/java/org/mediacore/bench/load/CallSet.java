package org.mediacore.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that are up, their media being somebody else's. What the platform asks in them is answered
 * by a thread of its own.
 */
public final class CallSet implements AutoCloseable {
  private static final int PER_SECOND = 200;
  private static final long POLL_MS = 10;

  /**
   * A call to make.
   *
   * @param user whom to call at the platform
   * @param codec what is offered
   * @param localPort where its RTP is to be sent
   */
  public record Call(String user, MediaCodec codec, int localPort) {}

  /**
   * What the platform answered.
   *
   * @param remote where it wants its RTP
   * @param payloadType the one to send with
   */
  public record Answer(InetSocketAddress remote, int payloadType) {
    /**
     * Reads the first audio stream of an answer.
     *
     * @param sdp the description
     * @param platform used where it names no address
     */
    static Answer of(String sdp, InetAddress platform) throws IOException {
      InetAddress address = platform;
      int port = 0;
      int payloadType = -1;
      for (String line : sdp.split("\r?\n")) {
        if (line.startsWith("c=IN IP4 ")) {
          address = InetAddress.getByName(line.substring(9).trim());
        } else if (line.startsWith("m=audio ")) {
          String[] words = line.trim().split(" ");
          port = Integer.parseInt(words[1]);
          payloadType = Integer.parseInt(words[3]);
        }
      }
      if (port == 0 || payloadType < 0) {
        throw new IOException("no audio in the answer\n" + sdp);
      }
      return new Answer(new InetSocketAddress(address, port), payloadType);
    }
  }

  private final SipClient sip;
  private final List<Answer> answers = new ArrayList<>();
  private final Thread poller = new Thread(this::poll, "call-set");
  private volatile boolean ending;
  private IOException failed;

  private CallSet(SipClient sip) {
    this.sip = sip;
  }

  /**
   * Sets all calls up, in their order.
   *
   * @param address the local address
   * @param platform where the platform listens for SIP
   * @throws IOException if one of them fails; the message says which and why
   */
  public static CallSet establish(String address, InetSocketAddress platform, List<Call> calls)
      throws IOException {
    SipClient sip = new SipClient(address, platform);
    CallSet set = new CallSet(sip);
    try {
      List<SipDialog> dialogs = new ArrayList<>();
      for (Call call : calls) {
        dialogs.add(sip.add(call.user(), call.codec().offer(address, call.localPort())));
      }
      sip.establish(PER_SECOND);
      for (SipDialog dialog : dialogs) {
        set.answers.add(Answer.of(dialog.answer, platform.getAddress()));
      }
    } catch (IOException notUp) {
      sip.hangUp();
      sip.close();
      throw notUp;
    }
    set.poller.setDaemon(true);
    set.poller.start();
    return set;
  }

  /** The platform's answers, in the order of the calls. */
  public List<Answer> answers() {
    return answers;
  }

  private void poll() {
    try {
      while (!ending) {
        sip.poll();
        Thread.sleep(POLL_MS);
      }
    } catch (IOException e) {
      failed = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends all calls.
   *
   * @return how many were not up any more, or did not get an answer to their BYE
   */
  public int hangUp() throws IOException {
    ending = true;
    try {
      poller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (failed != null) {
      throw failed;
    }
    return sip.hangUp();
  }

  @Override
  public void close() throws IOException {
    ending = true;
    sip.close();
  }
}
