package org.mediacore.runtime.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.session.AudioPort;
import org.mediacore.runtime.loop.DatagramPort;
import org.mediacore.runtime.loop.LoopTimer;

/**
 * A call in one codec with speech both ways: the phone sends it and decodes what it hears; the
 * platform's side is a port that gives the same speech and keeps what was decoded.
 */
final class SpeechPhone extends LoopTimer {
  private static final int PERIOD_NS = 20_000_000;

  private final SimulatedPlatform platform;
  private final DatagramPort port;
  private final CodecDescriptor codec;
  private final int payloadType;
  private final AudioEncoder encoder;
  private final AudioDecoder decoder;
  private final short[] speech;
  private final int frame;
  private final short[] decoded;
  private final short[] heard;
  private final short[] written;
  private InetSocketAddress remote;
  private int sent;
  private int heardSamples;
  private int writtenSamples;

  SpeechPhone(
      SimulatedPlatform platform,
      AudioCodecFactory factory,
      String rtpmap,
      int payloadType,
      short[] speech)
      throws IOException, MediaSetupException {
    this.platform = platform;
    this.payloadType = payloadType;
    this.speech = speech;
    this.port = platform.network().open(new InetSocketAddress("198.51.100.1", 4000));
    this.codec =
        factory.descriptors().stream()
            .filter(descriptor -> descriptor.rtpmap().equals(rtpmap))
            .findFirst()
            .orElseThrow();
    CodecParameters parameters =
        factory.withPtimeMs(factory.negotiate(codec, Fmtp.NONE, Fmtp.NONE).orElseThrow(), 20);
    this.encoder = factory.createEncoder(parameters);
    this.decoder = factory.createDecoder(parameters);
    this.frame = parameters.samplesPerFrame();
    this.decoded = new short[6 * frame];
    this.heard = new short[speech.length];
    this.written = new short[speech.length];
    platform.loop().engine().register(port, (packet, from, nowNs) -> keep(packet));
  }

  String offer() {
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 198.51.100.1",
        "s=-",
        "c=IN IP4 198.51.100.1",
        "t=0 0",
        "m=audio 4000 RTP/AVP " + payloadType,
        "a=rtpmap:" + payloadType + " " + codec.rtpmap(),
        "");
  }

  void call(String answer) {
    int at = answer.indexOf("m=audio ") + 8;
    int remotePort = Integer.parseInt(answer.substring(at, answer.indexOf(' ', at)));
    remote = new InetSocketAddress("192.0.2.1", remotePort);
    platform.loop().schedule(this, platform.loop().nowNs() + 1_000_000);
  }

  /** The platform's side of the call. */
  AudioPort port() {
    return new Port();
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    int from = sent * frame;
    if (from + frame > speech.length) {
      return;
    }
    platform.loop().schedule(this, dueNs + PERIOD_NS);
    ByteBuffer packet = ByteBuffer.allocate(4096);
    packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sent);
    packet.putInt(sent * (codec.rtpClockRateHz() / 50)).putInt(7);
    encoder.encode(speech, from, frame, packet);
    port.send(packet.flip(), remote);
    sent++;
  }

  private void keep(ByteBuffer packet) {
    int second = packet.get(1) & 0xFF;
    if (second >= 192 && second <= 223 || heardSamples + frame > heard.length) {
      return;
    }
    packet.position(12);
    int samples = decoder.decode(packet, decoded, 0);
    System.arraycopy(decoded, 0, heard, heardSamples, samples);
    heardSamples += samples;
  }

  /** What the platform encoded and the phone's decoder made of it. */
  short[] heard() {
    return Arrays.copyOf(heard, heardSamples);
  }

  /** What the platform decoded. */
  short[] written() {
    return Arrays.copyOf(written, writtenSamples);
  }

  private final class Port implements AudioPort {
    private int read;

    @Override
    public AudioFormat format() {
      return codec.audio();
    }

    @Override
    public String describe() {
      return "speech";
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
      int given = Math.min(samples, speech.length - read);
      System.arraycopy(speech, read, pcm, offset, given);
      read += given;
      return given;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) {
      int kept = Math.min(samples, written.length - writtenSamples);
      System.arraycopy(pcm, offset, written, writtenSamples, kept);
      writtenSamples += kept;
    }

    @Override
    public void close() {}
  }
}
