package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * A phone in the test's own process. It calls by SIP with one codec, whichever that is, says a tone
 * for a bounded time and keeps what it hears. What it says is encoded before it speaks, what it
 * hears is decoded afterwards, so that many can talk at once: {@link Conversation} gives them the
 * time. One thread at a time.
 */
final class Phone implements AutoCloseable {
  private static final Pattern MEDIA = Pattern.compile("(?m)^m=audio (\\d+) RTP/AVP (\\d+)\\s*$");

  private final PhoneCodec codec;
  private final RawSip sip;
  private final DatagramChannel rtp;
  private final DatagramChannel rtcp;
  private final RtpStream stream;

  private final ByteBuffer datagram = ByteBuffer.allocate(65_536);
  private RawSip.Call call;
  private CodecParameters agreed;
  private InetSocketAddress to;
  private List<ByteBuffer> packets = List.of();
  private IntPredicate lost = packet -> false;
  private double toneHz;
  private int sent;
  private long startNs;

  /**
   * Opens a phone on the loopback interface.
   *
   * @param codec the one that it offers
   * @param sip what it calls with; stays the caller's, and may be that of other phones, too
   */
  Phone(PhoneCodec codec, RawSip sip) {
    this.codec = codec;
    this.sip = sip;
    stream = new RtpStream(codec.payloadType());
    int port = Ports.block(2);
    try {
      rtp = open(port);
      rtcp = open(port + 1); // nobody reads it; without it the platform would be told so by ICMP
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatagramChannel open(int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    return channel;
  }

  PhoneCodec codec() {
    return codec;
  }

  DatagramChannel channel() {
    return rtp;
  }

  /** Calls that user of the platform and sets up the codec as it was answered. */
  void dial(String user) {
    call = sip.call(user);
    RawSip.Message answer = call.invite(sip.offer(codec.offered(rtp.socket().getLocalPort())));
    String text = codec + " to " + user + ":\n" + answer.text();
    assertEquals(200, answer.status(), text);
    Matcher media = MEDIA.matcher(answer.body());
    assertTrue(media.find(), text);
    assertEquals(codec.payloadType(), Integer.parseInt(media.group(2)), text);
    to = new InetSocketAddress("127.0.0.1", Integer.parseInt(media.group(1)));
    agreed = codec.agree(fmtp(answer.body()));
  }

  private Fmtp fmtp(String body) {
    String line = "a=fmtp:" + codec.payloadType() + " ";
    return body.lines()
        .filter(one -> one.startsWith(line))
        .map(one -> Fmtp.parse(one.substring(line.length())))
        .findFirst()
        .orElse(Fmtp.NONE);
  }

  /** Encodes a tone to be said: whole frames, no longer than that. */
  void prepare(double toneHz, double peak, Duration length) {
    this.toneHz = toneHz;
    packets = RtpTone.encode(codec, agreed, toneHz, peak, length);
  }

  /**
   * Encodes a recording to be said.
   *
   * @param lost which packets, from 0 on, do not arrive
   */
  void prepare(Recording sound, IntPredicate lost) {
    packets = RtpTone.encode(codec, agreed, sound);
    this.lost = lost;
  }

  /** From when on it speaks, on the clock of {@link System#nanoTime}. */
  void startAt(long nowNs) {
    startNs = nowNs;
  }

  /** When the next packet is due; the end of the last one when there is none left. */
  long dueNs() {
    return startNs + sent * agreed.frameDurationUs() * 1_000L;
  }

  boolean hasMore() {
    return sent < packets.size();
  }

  /** How long it has spoken. */
  Duration said() {
    return Duration.ofNanos(sent * agreed.frameDurationUs() * 1_000L);
  }

  void sendNext() throws IOException {
    if (!lost.test(sent)) {
      rtp.send(packets.get(sent).duplicate(), to);
    }
    sent++;
  }

  /** Takes what has come in; whether there was anything. */
  boolean receive() throws IOException {
    boolean any = false;
    while (rtp.receive(datagram.clear()) != null) {
      stream.add(datagram.flip());
      any = true;
    }
    return any;
  }

  /** How many packets have come in. */
  int heardPackets() {
    return stream.packets();
  }

  /** Decodes what has come in so far. */
  RtpStream.Decoded heard() {
    return stream.decode(codec, agreed);
  }

  /** Judges what it heard of another phone's tone. */
  CodecMatrix.Hearing hears(Phone other) {
    RtpStream.Decoded stream = heard();
    return new CodecMatrix.Hearing(
        stream, ToneJudge.judge(stream.heard(), other.toneHz), other.said());
  }

  /** Hangs up, unless the platform has done so since the other side of the bridge left. */
  void hangUp() {
    RawSip.Message answer = call.bye();
    assertTrue(answer.status() == 200 || answer.status() == 481, answer::text);
  }

  @Override
  public void close() {
    try {
      rtp.close();
      rtcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
