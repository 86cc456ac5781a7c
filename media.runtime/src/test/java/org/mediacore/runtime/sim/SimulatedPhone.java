package org.mediacore.runtime.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.dsp.Goertzel;
import org.mediacore.dsp.ToneGenerator;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.LoopTimer;
import org.mediacore.runtime.loop.MediaLoop;

/** A phone on the simulated network: sends a tone in one codec and keeps what it receives. */
public final class SimulatedPhone extends LoopTimer {
  private static final long ARRIVAL_NS = 1_000_000;

  private final SimulatedNetwork network;
  private final MediaLoop loop;
  private final DatagramPort port;
  private final double toneHz;
  private CodecDescriptor codec;
  private int payloadType;
  private AudioEncoder encoder;
  private AudioDecoder decoder;
  private ToneGenerator tone;
  private int toneRateHz;
  private int frameUs;
  private int[] gathered = {1};
  private int rounding;
  private int packets;
  private short[] pcm;
  private final List<Received> received = new ArrayList<>();
  private int ssrc;
  private InetSocketAddress remote;
  private int sequence = 65_500;
  private int timestamp = -8_000;
  private boolean first = true;
  private long pausedNs;
  private long nextNs;
  private int sent;

  /** One packet. */
  public record Received(
      int sequence, int timestamp, int ssrc, int payloadType, boolean marked, byte[] payload) {}

  public SimulatedPhone(
      SimulatedNetwork network,
      MediaLoop loop,
      InetSocketAddress local,
      AudioCodecFactory factory,
      String rtpmap,
      int payloadType,
      double toneHz)
      throws IOException, MediaSetupException {
    this.network = network;
    this.loop = loop;
    this.port = network.open(local);
    this.toneHz = toneHz;
    this.ssrc = local.getPort() * 7919;
    use(factory, rtpmap, payloadType);
    loop.engine().register(port, (packet, from, nowNs) -> keep(packet));
  }

  /**
   * Sends in this codec from now on, in the same numbering; with another sampling rate the tone
   * begins anew.
   */
  public void use(AudioCodecFactory factory, String rtpmap, int type) throws MediaSetupException {
    this.payloadType = type;
    this.codec =
        factory.descriptors().stream()
            .filter(descriptor -> descriptor.rtpmap().equals(rtpmap))
            .findFirst()
            .orElseThrow();
    CodecParameters parameters =
        factory.withPtimeMs(factory.negotiate(codec, Fmtp.NONE, Fmtp.NONE).orElseThrow(), 20);
    this.frameUs = parameters.frameDurationUs();
    this.encoder = factory.createEncoder(parameters);
    this.decoder = factory.createDecoder(parameters);
    int rateHz = codec.audio().sampleRateHz();
    if (tone == null || toneRateHz != rateHz) {
      tone = new ToneGenerator(rateHz, codec.audio().channels(), toneHz, -12);
      toneRateHz = rateHz;
    }
    this.pcm = new short[codec.audio().elementsIn(frameUs)];
  }

  /**
   * Sends packets of several frames, as soon as the last of them is over.
   *
   * @param frames how many, of one packet after the other, from the first one again in the end; of
   *     a codec whose frames may be put behind one another
   */
  public void gather(int... frames) {
    gathered = frames.clone();
  }

  /** Each packet's timestamp is so many ticks further than the audio before it is long. */
  public void round(int ticks) {
    rounding = ticks;
  }

  private int frames() {
    return gathered[packets % gathered.length];
  }

  /** Takes another SSRC and numbering, as RFC 7160 wants for another clock. */
  public void changeSsrc() {
    ssrc++;
    sequence = 300;
    timestamp = 77;
  }

  /** The timestamp of its next packet. */
  public int timestamp() {
    return timestamp;
  }

  /** How many packets it has sent. */
  public int sent() {
    return sent;
  }

  /** The SDP of an offer, with extra attribute lines of the audio stream. */
  public String offer(String... attributes) {
    StringBuilder sdp = new StringBuilder();
    String host = port.local().getAddress().getHostAddress();
    sdp.append("v=0\r\no=- 1 1 IN IP4 ").append(host).append("\r\ns=-\r\nc=IN IP4 ").append(host);
    sdp.append("\r\nt=0 0\r\nm=audio ").append(port.local().getPort()).append(" RTP/AVP ");
    sdp.append(payloadType).append("\r\na=rtpmap:").append(payloadType).append(' ');
    sdp.append(codec.rtpmap()).append("\r\n");
    for (String attribute : attributes) {
      sdp.append("a=").append(attribute).append("\r\n");
    }
    return sdp.toString();
  }

  /** Starts sending to where an answer says. */
  public void call(String answer) {
    int at = answer.indexOf("m=audio ") + 8;
    int remotePort = Integer.parseInt(answer.substring(at, answer.indexOf(' ', at)));
    at = answer.indexOf("c=IN IP4 ") + 9;
    String host = answer.substring(at, answer.indexOf('\r', at));
    remote = new InetSocketAddress(host, remotePort);
    loop.schedule(this, loop.nowNs() + 1_000_000 + (frames() - 1) * frameUs * 1000L);
  }

  /** Stops sending. */
  public void mute() {
    loop.cancel(this);
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    port.send(frame(), remote);
    sent++;
    nextNs = dueNs + frames() * frameUs * 1000L;
    loop.schedule(this, nextNs);
  }

  /** Sends comfort noise in place of its next packet, and nothing then (RFC 3389 §4). */
  public void pause(int noiseType, byte... description) {
    mute();
    pausedNs = loop.nowNs();
    describe(noiseType, timestamp, description);
  }

  /** Describes the pause that lasts anew. */
  public void pauseStill(int noiseType, byte... description) {
    describe(noiseType, timestamp + (int) (pausedFrames() * ticksPerFrame()), description);
  }

  private void describe(int noiseType, int time, byte... description) {
    ByteBuffer packet = ByteBuffer.allocate(12 + description.length);
    packet.put((byte) 0x80).put((byte) noiseType);
    packet.putShort((short) sequence++).putInt(time).putInt(ssrc);
    port.send(packet.put(description).flip(), remote);
  }

  private long pausedFrames() {
    return (loop.nowNs() - pausedNs) / (frameUs * 1000L);
  }

  private long ticksPerFrame() {
    return (long) codec.rtpClockRateHz() * frameUs / 1_000_000;
  }

  /** Goes on sending; timestamps have run on. */
  public void resume() {
    long frames = pausedFrames();
    timestamp += (int) (frames * ticksPerFrame());
    first = true;
    loop.schedule(this, pausedNs + frames * frameUs * 1000L);
  }

  /** Sends the next packets so that each arrives at its time even where the loop stands still. */
  public void sendAhead(int packets) {
    for (int i = 0; i < packets; i++) {
      network.deliverAt(nextNs + ARRIVAL_NS, frame(), port.local(), remote);
      nextNs += frameUs * 1000L;
    }
    loop.schedule(this, nextNs);
  }

  private ByteBuffer frame() {
    int samples = codec.audio().samplesIn(frameUs);
    ByteBuffer packet = ByteBuffer.allocate(8192);
    packet.put((byte) 0x80).put((byte) (payloadType | (first ? 0x80 : 0)));
    packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc);
    first = false;
    for (int left = frames(); left > 0; left--) {
      tone.generate(pcm, 0, samples);
      encoder.encode(pcm, 0, samples, packet);
      timestamp += (int) ticksPerFrame();
    }
    timestamp += rounding;
    packets++;
    return packet.flip();
  }

  /**
   * Presses a key for 60 ms: three packets with the timestamp of its start, the last one three
   * times (RFC 4733 §2.5.1).
   */
  public void press(int event, int eventType) {
    int ticksPerPacket = codec.rtpClockRateHz() / 50;
    for (int i = 0; i < 5; i++) {
      int steps = Math.min(i + 1, 3);
      ByteBuffer packet = ByteBuffer.allocate(16);
      packet.put((byte) 0x80).put((byte) (eventType | (i == 0 ? 0x80 : 0)));
      packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc);
      packet.put((byte) event).put((byte) (i < 2 ? 10 : 0x8A));
      packet.putShort((short) (steps * ticksPerPacket));
      port.send(packet.flip(), remote);
    }
  }

  private void keep(ByteBuffer packet) {
    int second = packet.get(1) & 0xFF;
    if (second >= 192 && second <= 223) {
      return;
    }
    byte[] payload = new byte[packet.remaining() - 12];
    packet.get(12, payload);
    received.add(
        new Received(
            packet.getShort(2) & 0xFFFF,
            packet.getInt(4),
            packet.getInt(8),
            second & 0x7F,
            (second & 0x80) != 0,
            payload));
  }

  /** What came, in the order of arrival. */
  public List<Received> received() {
    return received;
  }

  /** What came of a payload type. */
  public List<Received> received(int type) {
    return received.stream().filter(packet -> packet.payloadType() == type).toList();
  }

  /** Forgets what came. */
  public void forget() {
    received.clear();
  }

  /** Decodes what came, in the order of arrival. */
  public short[] heard() {
    short[] frame = new short[codec.audio().elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Received packet : received) {
      int samples = decoder.decode(ByteBuffer.wrap(packet.payload()), frame, 0);
      for (int i = 0; i < samples * codec.audio().channels(); i++) {
        bytes.write(frame[i] >> 8);
        bytes.write(frame[i]);
      }
    }
    short[] all = new short[bytes.size() / 2];
    ByteBuffer.wrap(bytes.toByteArray()).asShortBuffer().get(all);
    return all;
  }

  /**
   * The share of what was heard, without the first 200 ms, that is a tone: the mean over windows of
   * 100 ms, since a lost packet shifts the phase. Mono codecs only.
   */
  public double toneShare(double hz) {
    short[] all = heard();
    int window = codec.audio().samplesIn(100_000);
    Goertzel goertzel = new Goertzel(codec.audio().sampleRateHz(), hz);
    double sum = 0;
    int windows = 0;
    for (int at = 2 * window; at + window <= all.length; at += window) {
      sum += goertzel.toneShare(all, at, window);
      windows++;
    }
    return sum / windows;
  }

  /** The level of what was heard, without the first 200 ms, in dB below full scale. */
  public double levelDbov() {
    short[] all = heard();
    int from = codec.audio().samplesIn(200_000);
    double energy = 0;
    for (int i = from; i < all.length; i++) {
      energy += (double) all[i] * all[i];
    }
    return 10 * Math.log10(energy / (all.length - from) / (32768.0 * 32768.0));
  }
}
