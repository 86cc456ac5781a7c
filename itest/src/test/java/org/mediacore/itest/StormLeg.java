package org.mediacore.itest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;

/**
 * One call: a session that is connected to an address of the platform, and the socket of its peer,
 * which sends without a pause and looks at the header of everything that comes back. After {@link
 * #dial}, {@link #turn} and {@link #drain} are called by one thread; the counts may be read by any.
 */
final class StormLeg implements AutoCloseable {
  /** What a leg speaks. */
  enum Voice {
    PCMU(0, "PCMU/8000", "", 20, 160, tone(160, 0xFF)),
    PCMA(8, "PCMA/8000", "", 20, 160, tone(160, 0x55)),
    G722(9, "G722/8000", "", 20, 160, filled(160, 0xAA)),
    L16(96, "L16/16000", "", 20, 320, filled(640, 0x10)),
    ILBC(97, "iLBC/8000", "mode=30", 30, 240, filled(50, 0)),
    /** What such a leg sends is what it heard last; until then a frame of silence. */
    OPUS(98, "opus/48000/2", "", 20, 960, new byte[] {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE});

    private final int payloadType;
    private final String rtpmap;
    private final String fmtp;
    private final long periodNs;
    private final int ticks;
    private final byte[] payload;

    Voice(int payloadType, String rtpmap, String fmtp, int periodMs, int ticks, byte[] payload) {
      this.payloadType = payloadType;
      this.rtpmap = rtpmap;
      this.fmtp = fmtp;
      this.periodNs = TimeUnit.MILLISECONDS.toNanos(periodMs);
      this.ticks = ticks;
      this.payload = payload;
    }

    private static byte[] filled(int bytes, int value) {
      byte[] payload = new byte[bytes];
      Arrays.fill(payload, (byte) value);
      return payload;
    }

    /** A square wave of 400 Hz, 15 dB below full scale; {@code zero} is the code of positive 0. */
    private static byte[] tone(int bytes, int zero) {
      byte[] payload = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        payload[i] = (byte) (zero ^ (i % 20 < 10 ? LOUD : LOUD | 0x80));
      }
      return payload;
    }
  }

  private static final int LOUD = 0x58;
  private static final int AUDIBLE = 0x30;
  private static final int MAGNITUDE = 0x7F;
  private static final int HEADER_BYTES = 12;
  private static final int RTP_VERSION = 0x80;
  private static final int MAX_PACKET_BYTES = 2_048;
  private static final int MAX_FAULTS = 5;
  private static final int MAX_UNDERWAY = 100;

  /** From a stall of about this length on, rooms and players do not make up for it. */
  private static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Voice voice;
  private final String address;
  private final DatagramChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(MAX_PACKET_BYTES);
  private final ByteBuffer out = ByteBuffer.allocate(MAX_PACKET_BYTES);
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private MediaSession session;
  private InetSocketAddress remote;
  private Optional<StormLeg> comesOut = Optional.empty();
  private byte[] payload;
  private long dueNs;
  private int sequenceNumber = 65_000;
  private int timestamp = -4_000;
  private int lastSequence = -1;
  private int lastTimestamp;
  private int ssrc;
  private long firstNs;
  private long lastNs;
  private long streamNs;

  /** How much earlier than the first packet one was, by its timestamp. */
  private long earliestNs;

  private volatile long sent;
  private volatile long held;
  private volatile long received;
  private volatile long missing;
  private volatile long jumps;
  private volatile long pauses;
  private volatile long changes;
  private volatile long inaudible;
  private volatile long largestGapNs;

  StormLeg(Voice voice, String address) throws IOException {
    this.voice = voice;
    this.address = address;
    payload = voice.payload;
    channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
  }

  /** Makes the session and connects it. */
  void dial(MediaManager manager) throws MediaSetupException, EndpointException, IOException {
    session =
        manager.createSession(
            SessionOptions.builder()
                .label(toString())
                .listener(this::onEvent)
                .processing(address.startsWith("conf-") ? List.of("highpass") : List.of())
                .build());
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    String type = Integer.toString(voice.payloadType);
    String offer =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + ("m=audio " + port + " RTP/AVP " + type + "\r\n")
            + ("a=rtpmap:" + type + " " + voice.rtpmap + "\r\n")
            + (voice.fmtp.isEmpty() ? "" : "a=fmtp:" + type + " " + voice.fmtp + "\r\n");
    session.negotiation().setRemote(Description.offer(offer));
    Description answer = session.negotiation().createAnswer();
    session.negotiation().setLocal(answer);
    String media =
        answer.sdp().lines().filter(line -> line.startsWith("m=audio ")).findFirst().orElseThrow();
    remote =
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(media.split(" ")[1]));
    manager.open(session, address);
  }

  private void onEvent(MediaSession told, SessionEvent event) {
    events.add(event.toString());
  }

  DatagramChannel channel() {
    return channel;
  }

  /**
   * Begins to send.
   *
   * @param where what this leg sends comes out; empty where the platform's clock decides what does
   */
  void start(Optional<StormLeg> where, long nowNs) {
    comesOut = where;
    dueNs = nowNs;
  }

  /**
   * Sends what is due. While much of what was sent before has not come out, it waits: a machine
   * that is too busy for a hundred calls then gets slow ones, instead of overflowing sockets.
   *
   * @return how late it was
   */
  long turn(long nowNs) throws IOException {
    long lateNs = Math.max(0, nowNs - dueNs);
    for (; nowNs - dueNs >= 0; dueNs += voice.periodNs) {
      if (comesOut.isPresent() && sent - comesOut.get().received >= MAX_UNDERWAY) {
        held++;
      } else {
        send();
      }
    }
    return lateNs;
  }

  private void send() throws IOException {
    out.clear();
    out.put((byte) RTP_VERSION).put((byte) voice.payloadType).putShort((short) sequenceNumber++);
    out.putInt(timestamp).putInt(hashCode()).put(payload).flip();
    timestamp += voice.ticks;
    if (channel.send(out, remote) > 0) {
      sent++;
    } else {
      fault("a packet could not be sent");
    }
  }

  /** Takes what has come. */
  void drain(long nowNs) throws IOException {
    in.clear();
    while (channel.receive(in) != null) {
      in.flip();
      if (in.remaining() > HEADER_BYTES && (in.get(1) & 0x7F) == voice.payloadType) {
        take(nowNs);
      }
      in.clear();
    }
  }

  private void take(long nowNs) {
    int sequence = in.getShort(2) & 0xFFFF;
    int stamp = in.getInt(4);
    if (lastSequence >= 0) {
      int step = (short) (sequence - lastSequence);
      if (step != 1) {
        missing += step > 1 ? step - 1 : 0;
        fault("after packet " + lastSequence + " came " + sequence);
      } else if (stamp - lastTimestamp != voice.ticks) {
        timestampStep(sequence, stamp - lastTimestamp, nowNs);
      } else {
        earliestNs = Math.max(earliestNs, streamNs + voice.periodNs - (nowNs - firstNs));
      }
      if (in.getInt(8) != ssrc) {
        changes++;
        fault("another SSRC at packet " + sequence);
      }
      largestGapNs = Math.max(largestGapNs, nowNs - lastNs);
      streamNs += (stamp - lastTimestamp) * voice.periodNs / voice.ticks;
    } else {
      firstNs = nowNs;
    }
    lastSequence = sequence;
    lastTimestamp = stamp;
    ssrc = in.getInt(8);
    lastNs = nowNs;
    look();
    received++;
  }

  /** Rooms and players whose loop stood still for long skip time, but never ahead of the clock. */
  private void timestampStep(int sequence, int ticks, long nowNs) {
    long stepNs = ticks * voice.periodNs / voice.ticks;
    long aheadNs = streamNs + stepNs - (nowNs - firstNs) - earliestNs;
    if (stepNs > LONG_NS && aheadNs < LONG_NS) {
      pauses++;
    } else {
      jumps++;
      fault(
          "packet "
              + sequence
              + " comes "
              + ticks
              + " ticks after the last, then "
              + aheadNs
              + " ns ahead of the time");
    }
  }

  private void look() {
    in.position(HEADER_BYTES);
    if (voice == Voice.OPUS) {
      payload = new byte[in.remaining()];
      in.get(payload);
    } else if (comesOut.isPresent() && (voice == Voice.PCMU || voice == Voice.PCMA)) {
      boolean audible = false;
      while (in.hasRemaining()) {
        audible |= ((in.get() ^ voice.payload[0] ^ LOUD) & MAGNITUDE) >= AUDIBLE;
      }
      inaudible += audible ? 0 : 1;
    }
  }

  private void fault(String what) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(what);
    }
  }

  /** Packets sent. */
  long sent() {
    return sent;
  }

  /** Packets that were left out because the machine was too busy. */
  long held() {
    return held;
  }

  /** Packets that came. */
  long received() {
    return received;
  }

  /** Numbers left out between packets that came. */
  long missing() {
    return missing;
  }

  /** Packets whose timestamp does neither continue that of the one before nor follow the time. */
  long jumps() {
    return jumps;
  }

  /** Packets before which the platform skipped time that it had stood still for. */
  long pauses() {
    return pauses;
  }

  /** Packets without audio of bridges and echoes in PCMU or PCMA. */
  long inaudible() {
    return inaudible;
  }

  /** The longest time from one packet to the next. */
  long largestGapNs() {
    return largestGapNs;
  }

  MediaSession session() {
    return session;
  }

  /** What is wrong with the call so far; empty where nothing is. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>(faults);
    wrong.addAll(events);
    if (changes > 0 || missing > 0 || jumps > 0) {
      wrong.add(missing + " missing, " + jumps + " jumps, " + changes + " changes of SSRC");
      wrong.add(sent + " sent, " + received + " came; the platform's view: " + session.report());
    }
    wrong.replaceAll(text -> this + ": " + text);
    return wrong;
  }

  @Override
  public void close() throws IOException {
    session.close();
    channel.close();
  }

  @Override
  public String toString() {
    return voice + " " + address;
  }
}
