import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * A phone that speaks one codec: yours. Calls an address of the platform that sends audio back,
 * such as echo, offers nothing but the first codec of the factory, says a tone and tells what comes
 * back. It knows loopback, UDP and the straight way through a call, no more.
 *
 * <pre>
 *   java -cp CODEC.jar:media.api.jar Caller.java FACTORY-CLASS sip:USER@127.0.0.1:PORT [SECONDS]
 * </pre>
 *
 * <p>Exit code 0: the tone came back; 1: it did not, or the call failed.
 */
public final class Caller {
  private static final double TONE_HZ = 425;
  private static final double PEAK = 0.25 * 32_768;
  private static final double LEAST_SHARE = 0.9;
  private static final int RTP_HEADER_BYTES = 12;
  private static final int DYNAMIC_PAYLOAD_TYPE = 96;
  private static final int TRIES = 10;
  private static final int RETRANSMIT_MS = 500;

  private final DatagramSocket sip;
  private final DatagramSocket rtp;
  private final String uri;
  private final InetSocketAddress platform;
  private final AudioCodecFactory factory;
  private final CodecParameters parameters;
  private final int payloadType;
  private final long id = System.nanoTime();
  private String toTag = "";

  private Caller(AudioCodecFactory factory, String uri) throws IOException {
    Matcher address = Pattern.compile("sip:[^@]+@([0-9.]+):(\\d+)").matcher(uri);
    if (!address.matches()) {
      throw new IllegalArgumentException("not sip:USER@ADDRESS:PORT: " + uri);
    }
    this.factory = factory;
    this.uri = uri;
    platform = new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    CodecDescriptor codec = factory.descriptors().get(0);
    parameters = factory.negotiate(codec, codec.defaultFmtp(), codec.defaultFmtp()).orElseThrow();
    payloadType = codec.staticPayloadType().orElse(DYNAMIC_PAYLOAD_TYPE);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    sip = new DatagramSocket(0, loopback);
    rtp = new DatagramSocket(0, loopback);
  }

  public static void main(String[] arguments) throws Exception {
    AudioCodecFactory factory =
        (AudioCodecFactory) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    Caller caller = new Caller(factory, arguments[1]);
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    System.exit(caller.call(seconds) ? 0 : 1);
  }

  private boolean call(int seconds) throws Exception {
    String answer = request("INVITE", 1, offer());
    Matcher tag = Pattern.compile("(?im)^To:.*?(;tag=[^;\\s]+)").matcher(answer);
    toTag = tag.find() ? tag.group(1) : "";
    send(text("ACK", 1, ""));
    Matcher media = Pattern.compile("(?m)^m=audio (\\d+) RTP/AVP (\\d+)").matcher(answer);
    if (!answer.startsWith("SIP/2.0 200") || !media.find()) {
      System.out.println("refused: " + answer);
      return false;
    }
    System.out.println("the call is up with " + parameters.descriptor().rtpmap());
    boolean heard = talk(Integer.parseInt(media.group(1)), seconds);
    request("BYE", 2, "");
    return heard;
  }

  private String offer() {
    CodecDescriptor codec = parameters.descriptor();
    Fmtp fmtp = parameters.local();
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + ("m=audio " + rtp.getLocalPort() + " RTP/AVP " + payloadType + "\r\n")
        + ("a=rtpmap:" + payloadType + " " + codec.rtpmap() + "\r\n")
        + (fmtp.isEmpty() ? "" : "a=fmtp:" + payloadType + " " + fmtp.toText() + "\r\n");
  }

  /** Sends a packet per frame duration, and takes what comes in between. */
  private boolean talk(int port, int seconds) throws Exception {
    InetSocketAddress to = new InetSocketAddress(platform.getAddress(), port);
    int samples = parameters.samplesPerFrame();
    int packets = seconds * 1_000_000 / parameters.frameDurationUs();
    int rateHz = parameters.sendFormat().sampleRateHz();
    int channels = parameters.sendFormat().channels();
    short[] pcm = new short[samples * channels];
    ByteBuffer packet = ByteBuffer.allocate(65_536);
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      Listener listener = new Listener(decoder);
      long startNs = System.nanoTime();
      for (int i = 0; i < packets; i++) {
        for (int n = 0; n < pcm.length; n++) {
          double time = ((double) i * samples + n / channels) / rateHz;
          pcm[n] = (short) (PEAK * Math.sin(2 * Math.PI * TONE_HZ * time));
        }
        packet.clear().put((byte) 0x80).put((byte) (payloadType | (i == 0 ? 0x80 : 0)));
        packet.putShort((short) i).putInt(i * parameters.timestampPerFrame()).putInt((int) id);
        if (encoder.encode(pcm, 0, samples, packet) > 0) {
          rtp.send(new DatagramPacket(packet.array(), packet.position(), to));
        }
        listener.until(startNs + (i + 1L) * parameters.frameDurationUs() * 1_000);
      }
      listener.until(System.nanoTime() + 200_000_000);
      return listener.judge(packets);
    }
  }

  /** Decodes what comes back and keeps it. */
  private final class Listener {
    private final AudioDecoder decoder;
    private final short[] frame =
        new short[parameters.receiveFormat().elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    private final DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
    private double[] heard = new double[1 << 16];
    private int length;
    private int packets;
    private int missing;
    private int expected = -1;

    Listener(AudioDecoder decoder) {
      this.decoder = decoder;
    }

    void until(long deadlineNs) throws IOException {
      for (long leftNs; (leftNs = deadlineNs - System.nanoTime()) > 0; ) {
        if (leftNs < 1_000_000) {
          LockSupport.parkNanos(leftNs);
          continue;
        }
        rtp.setSoTimeout((int) (leftNs / 1_000_000));
        try {
          rtp.receive(datagram);
          take(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
        } catch (SocketTimeoutException nothing) {
          // the next packet of ours is due
        }
      }
    }

    private void take(ByteBuffer packet) {
      boolean ours = packet.remaining() > RTP_HEADER_BYTES && (packet.get(1) & 0x7F) == payloadType;
      if (!ours) {
        return; // RTCP goes to another port, so this is nothing we agreed on
      }
      int sequence = packet.getShort(2) & 0xFFFF;
      missing += expected < 0 ? 0 : sequence - expected & 0xFFFF;
      expected = sequence + 1 & 0xFFFF;
      packets++;
      int samples = decoder.decode(packet.position(RTP_HEADER_BYTES), frame, 0);
      if (length + Math.max(samples, 0) > heard.length) {
        heard = Arrays.copyOf(heard, 2 * heard.length);
      }
      for (int i = 0; i < samples; i++) {
        heard[length++] = frame[i * parameters.receiveFormat().channels()] / 32_768.0;
      }
    }

    /** The tone's share of the energy in windows of 40 ms: 425 Hz makes 17 whole cycles. */
    boolean judge(int sent) {
      int window = parameters.receiveFormat().samplesIn(40_000);
      double step = 2 * Math.PI * TONE_HZ / parameters.receiveFormat().sampleRateHz();
      double tone = 0;
      double total = 0;
      for (int from = 0; from + window <= length; from += window) {
        double sin = 0;
        double cos = 0;
        for (int i = 0; i < window; i++) {
          sin += heard[from + i] * Math.sin(step * i);
          cos += heard[from + i] * Math.cos(step * i);
          total += heard[from + i] * heard[from + i];
        }
        tone += 2 * (sin * sin + cos * cos) / window;
      }
      double share = total > 0 ? tone / total : 0;
      System.out.printf("sent %d packets, heard %d, missing %d%n", sent, packets, missing);
      if (total > 0) {
        int windows = length / window;
        double levelDb = 10 * Math.log10(tone / windows / window);
        System.out.printf(
            Locale.ROOT,
            "the tone is %.1f %% of what was heard, at %.1f dBFS (said: %.1f)%n",
            100 * share,
            levelDb,
            20 * Math.log10(PEAK / 32_768 / Math.sqrt(2)));
      }
      return share > LEAST_SHARE && packets >= sent * LEAST_SHARE;
    }
  }

  /** Repeats a request until its final response is there. */
  private String request(String method, int sequence, String body) throws IOException {
    DatagramPacket in = new DatagramPacket(new byte[65_536], 65_536);
    sip.setSoTimeout(RETRANSMIT_MS);
    for (int tries = 0; tries < TRIES; tries++) {
      send(text(method, sequence, body));
      try {
        while (true) {
          sip.receive(in);
          String text = new String(in.getData(), 0, in.getLength(), StandardCharsets.UTF_8);
          boolean provisional = text.startsWith("SIP/2.0 1");
          if (text.startsWith("SIP/2.0 ") && !provisional && text.contains(" " + method + "\r\n")) {
            return text;
          }
        }
      } catch (SocketTimeoutException again) {
        // lost on the way, or it takes longer
      }
    }
    throw new IOException("no answer to " + method + " from " + platform);
  }

  private String text(String method, int sequence, String body) {
    String own = "127.0.0.1:" + sip.getLocalPort();
    return String.join(
        "\r\n",
        method + " " + uri + " SIP/2.0",
        "Via: SIP/2.0/UDP " + own + ";branch=z9hG4bK" + id + method + sequence,
        "Max-Forwards: 70",
        "From: <sip:caller@" + own + ">;tag=" + id,
        "To: <" + uri + ">" + toTag,
        "Call-ID: " + id + "@" + own,
        "CSeq: " + sequence + " " + method,
        "Contact: <sip:caller@" + own + ">",
        body.isEmpty() ? "Content-Length: 0" : "Content-Type: application/sdp",
        body.isEmpty() ? "\r\n" : "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sip.send(new DatagramPacket(bytes, bytes.length, platform));
  }
}
