package @PACKAGE@;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** How it sounds: what the contract does not judge. Put your standard's vectors here. */
class @CLASS@CodecTest {
  private static final double LEAST_SNR_DB = 30;

  @Test
  void toneKeepsItsShape() throws Exception {
    @CLASS@CodecFactory factory = new @CLASS@CodecFactory();
    CodecParameters parameters =
        factory.negotiate(factory.descriptors().get(0), Fmtp.NONE, Fmtp.NONE).orElseThrow();
    int samples = parameters.samplesPerFrame();
    short[] sent = new short[samples];
    for (int i = 0; i < samples; i++) {
      double seconds = i / (double) parameters.sendFormat().sampleRateHz();
      sent[i] = (short) (10_000 * Math.sin(2 * Math.PI * 1_000 * seconds));
    }
    short[] heard = new short[parameters.receiveFormat().samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    ByteBuffer payload = ByteBuffer.allocate(2 * samples);
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      assertTrue(encoder.encode(sent, 0, samples, payload) > 0);
      assertEquals(samples, decoder.decode(payload.flip(), heard, 0));
    }
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < samples; i++) {
      signal += sent[i] * (double) sent[i];
      noise += Math.pow(heard[i] - sent[i], 2);
    }
    double snrDb = 10 * Math.log10(signal / noise);
    assertTrue(snrDb > LEAST_SNR_DB, "signal to noise " + snrDb + " dB");
  }
}
