package org.mediacore.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.payload.PayloadFormatDescriptor;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.osgi.framework.Version;

/**
 * A codec of one sample per byte whose frames are bare, joined with a format that writes before
 * each frame how long it is.
 */
class PayloadFormatTest {
  private static final AudioFormat MONO = new AudioFormat(8_000, 1);
  private static final int MOST_SAMPLES = MONO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);

  private final CodecRegistry registry = new CodecRegistry(new Standing());
  private int openParts;

  private static ProviderInfo info(String bundle, long id) {
    return new ProviderInfo(bundle, new Version(1, 0, 0), 0, id);
  }

  private CodecProvider joined() {
    registry.add(new Bytes(), info("codec.bytes", 1));
    registry.add(new LengthFirst(), info("payload.length", 2));
    return registry.selected().get(0);
  }

  private static CodecParameters agreed(CodecProvider provider) throws MediaSetupException {
    return provider.negotiate(Fmtp.parse("wrapped=7"), 20).orElseThrow();
  }

  @Test
  void theFormatsNameAndTheCodecsRateMakeOneCodec() throws Exception {
    CodecProvider provider = joined();
    assertEquals(
        "length-first/8000 of codec.bytes 1.0.0 with payload.length 1.0.0", provider.toString());
    assertEquals("wrapped=5", provider.descriptor().defaultFmtp().toText());
    assertEquals("wrapped=7", agreed(provider).local().toText());
    assertEquals(Optional.empty(), provider.negotiate(Fmtp.parse("other=7"), 20));
    assertEquals("wrapped is absent", provider.refusal(Fmtp.parse("other=7")));
    assertEquals(Optional.empty(), provider.negotiate(Fmtp.parse("wrapped=0"), 20));
  }

  @Test
  void itDoesNotMatterWhichComesFirst() {
    registry.add(new LengthFirst(), info("payload.length", 2));
    registry.add(new Bytes(), info("codec.bytes", 1));
    assertEquals(1, registry.selected().size());
  }

  @Test
  void formatOfAnotherCodecIsNotJoined() {
    registry.add(
        new LengthFirst() {
          @Override
          public PayloadFormatDescriptor descriptor() {
            return new PayloadFormatDescriptor("length-first", MediaKind.AUDIO, "bits", false);
          }
        },
        info("payload.length", 2));
    registry.add(new Bytes(), info("codec.bytes", 1));
    assertEquals(List.of(), registry.selected());
    assertEquals("codec.bytes 1.0.0, no payload format", registry.describe().get(0).provider());
  }

  @Test
  void formatThatThrowsIsRefusedOrLeftOut() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            registry.add(
                new LengthFirst() {
                  @Override
                  public PayloadFormatDescriptor descriptor() {
                    throw new IllegalStateException("broken");
                  }
                },
                info("payload.broken", 3)));
    registry.add(
        new LengthFirst() {
          @Override
          public Fmtp declare(Fmtp codec, Fmtp remote) {
            throw new IllegalStateException("broken");
          }
        },
        info("payload.broken", 4));
    assertEquals("codec.bytes 1.0.0 with payload.length 1.0.0", joined().info().toString());
    assertEquals(1, registry.all().size());
  }

  @Test
  void isOfferedWhereThePreferenceNamesItOrNothingElseIsThere() {
    CodecProvider provider = joined();
    assertEquals(List.of(provider), registry.offered());
    registry.add(new G711CodecFactory(), info("codec.g711", 5));
    assertEquals(3, registry.selected().size());
    assertEquals(2, registry.offered().size());
    registry.prefer(List.of("Length-First"));
    assertEquals(provider, registry.offered().get(0));
    assertEquals(3, registry.offered().size());
  }

  @Test
  void passesUnchangedWhereBothSidesDeclareTheSameBothWays() throws Exception {
    CodecProvider provider = joined();
    CodecParameters one = provider.negotiate(Fmtp.parse("wrapped=7"), 20).orElseThrow();
    CodecParameters other = provider.negotiate(Fmtp.parse("wrapped=8"), 20).orElseThrow();
    CodecParameters mixed =
        new CodecParameters(
            one.descriptor(), MONO, MONO, one.local(), other.remote(), one.frameDurationUs());
    assertTrue(provider.passesUnchanged(one, one));
    assertFalse(provider.passesUnchanged(one, other));
    assertFalse(provider.passesUnchanged(mixed, one), "it sends 8, to one who was told 7");
    assertFalse(provider.passesUnchanged(one, mixed));
  }

  @Test
  void frameIsLaidIntoAPayload() throws Exception {
    CodecProvider provider = joined();
    AudioEncoder encoder = provider.createEncoder(agreed(provider));
    ByteBuffer out = ByteBuffer.allocate(200).position(3);
    assertEquals(161, encoder.encode(new short[160], 0, 160, out));
    assertEquals(164, out.position());
    assertEquals((byte) 160, out.get(3));
    assertEquals(
        MediaStatus.BUFFER_TOO_SMALL,
        encoder.encode(new short[160], 0, 160, ByteBuffer.allocate(160)));
    provider.close(encoder);
    assertEquals(0, openParts);
  }

  @Test
  void allFramesOfAPayloadAreDecodedInTheirOrder() throws Exception {
    CodecProvider provider = joined();
    AudioDecoder decoder = provider.createDecoder(agreed(provider));
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {9, 2, 10, 11, 3, 12, 13, 14}).position(1);
    short[] pcm = new short[MOST_SAMPLES + 2];
    assertEquals(5, decoder.samplesIn(payload));
    assertEquals(5, decoder.decode(payload, pcm, 2));
    assertEquals(1, payload.position());
    assertEquals(
        List.of(0, 0, 10, 11, 12, 13, 14, 0),
        java.util.stream.IntStream.range(0, 8).mapToObj(i -> (int) pcm[i]).toList());
    provider.close(decoder);
    assertEquals(0, openParts);
  }

  @Test
  void lostAudioIsRecoveredFromTheFirstFrameOfAPayload() throws Exception {
    CodecProvider provider = joined();
    AudioDecoder decoder = provider.createDecoder(agreed(provider));
    ByteBuffer next = ByteBuffer.wrap(new byte[] {9, 2, 10, 11, 3, 12, 13, 14}).position(1);
    short[] pcm = new short[200];
    assertEquals(160, decoder.recover(next, 320, 160, pcm, 4));
    assertEquals(10, pcm[4]);
    assertEquals(320, pcm[5]);
    assertEquals(1, next.position());
    ByteBuffer cut = ByteBuffer.wrap(new byte[] {2, 10});
    assertEquals(MediaStatus.UNSUPPORTED, decoder.recover(cut, 0, 160, pcm, 4));
  }

  @Test
  void payloadThatIsNotValidOrTooLongLeavesNoTrace() throws Exception {
    CodecProvider provider = joined();
    AudioDecoder decoder = provider.createDecoder(agreed(provider));
    short[] pcm = new short[MOST_SAMPLES];
    assertEquals(MediaStatus.BAD_INPUT, decoder.decode(ByteBuffer.allocate(0), pcm, 0));
    ByteBuffer cut = ByteBuffer.wrap(new byte[] {2, 10, 11, 3, 12});
    assertEquals(MediaStatus.BAD_INPUT, decoder.decode(cut, pcm, 0));
    byte[] tooLong = new byte[MOST_SAMPLES / 100 * 101 + 101];
    for (int i = 0; i < tooLong.length; i += 101) {
      tooLong[i] = 100;
    }
    assertEquals(MediaStatus.BAD_INPUT, decoder.decode(ByteBuffer.wrap(tooLong), pcm, 0));
    // The codec refuses -1 as a sample: the first frame must not have been decoded either.
    ByteBuffer refused = ByteBuffer.wrap(new byte[] {1, 10, 1, -1});
    assertEquals(MediaStatus.BAD_INPUT, decoder.decode(refused, pcm, 0));
    assertEquals(0, pcm[0]);
  }

  @Test
  void whatOneHalfRefusesLeavesNothingOpen() {
    registry.add(new Bytes(), info("codec.bytes", 1));
    registry.add(
        new LengthFirst() {
          @Override
          public Depacketizer createDepacketizer(CodecParameters agreed)
              throws MediaSetupException {
            throw new MediaSetupException(
                MediaSetupException.Reason.NOT_SUPPORTED, "not today", "7");
          }
        },
        info("payload.length", 2));
    CodecProvider provider = registry.selected().get(0);
    assertThrows(MediaSetupException.class, () -> provider.createDecoder(agreed(provider)));
    assertEquals(0, openParts);
    assertEquals(0, provider.openInstances());
  }

  private final class Bytes implements AudioCodecFactory {
    @Override
    public List<CodecDescriptor> descriptors() {
      return List.of(
          new CodecDescriptor(
              "bytes",
              MediaKind.AUDIO,
              8_000,
              1,
              MONO,
              OptionalInt.empty(),
              List.of(20_000),
              Fmtp.parse("bare=5")));
    }

    @Override
    public boolean framesOnly(CodecDescriptor descriptor) {
      return true;
    }

    @Override
    public Optional<CodecParameters> negotiate(
        CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
      return remote.getInt("bare").orElse(0) == 0
          ? Optional.empty()
          : Optional.of(new CodecParameters(descriptor, MONO, MONO, remote, remote, 20_000));
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) {
      assertEquals("bare=7", parameters.remote().toText());
      openParts++;
      return new AudioEncoder() {
        @Override
        public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
          for (int i = 0; i < samples; i++) {
            out.put((byte) pcm[offset + i]);
          }
          return samples;
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return false;
        }

        @Override
        public void close() {
          openParts--;
        }
      };
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) {
      openParts++;
      return new AudioDecoder() {
        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          for (int i = 0; i < payload.remaining(); i++) {
            pcm[offset + i] = payload.get(payload.position() + i);
          }
          return payload.remaining();
        }

        @Override
        public int recover(
            ByteBuffer next, int samplesToNext, int samples, short[] pcm, int offset) {
          pcm[offset] = next.get(next.position());
          pcm[offset + 1] = (short) samplesToNext;
          return samples;
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return payload.get(payload.position()) == -1
              ? MediaStatus.BAD_INPUT
              : payload.remaining();
        }

        @Override
        public void close() {
          openParts--;
        }
      };
    }
  }

  private class LengthFirst implements PayloadFormat {
    @Override
    public PayloadFormatDescriptor descriptor() {
      return new PayloadFormatDescriptor("length-first", MediaKind.AUDIO, "BYTES", false);
    }

    @Override
    public Optional<Fmtp> codecParameters(Fmtp declared) {
      String wrapped = declared.get("wrapped", "");
      return wrapped.isEmpty() ? Optional.empty() : Optional.of(Fmtp.parse("bare=" + wrapped));
    }

    @Override
    public String refusal(Fmtp declared) {
      return codecParameters(declared).isPresent() ? "" : "wrapped is absent";
    }

    @Override
    public Fmtp declare(Fmtp codec, Fmtp remote) {
      return Fmtp.parse("wrapped=" + codec.get("bare", ""));
    }

    @Override
    public Packetizer createPacketizer(CodecParameters agreed) {
      openParts++;
      return new Packetizer() {
        @Override
        public int packetize(ByteBuffer frame, ByteBuffer payload) {
          int bytes = frame.remaining();
          if (payload.remaining() < 1 + bytes) {
            return MediaStatus.BUFFER_TOO_SMALL;
          }
          payload.put((byte) bytes).put(frame.duplicate());
          return 1 + bytes;
        }

        @Override
        public void close() {
          openParts--;
        }
      };
    }

    @Override
    public Depacketizer createDepacketizer(CodecParameters agreed) throws MediaSetupException {
      openParts++;
      return new Depacketizer() {
        @Override
        public int read(ByteBuffer payload) {
          int at = payload.position();
          int frames = 0;
          while (at < payload.limit()) {
            at += 1 + (payload.get(at) & 0xFF);
            frames++;
          }
          return at == payload.limit() && frames > 0 ? frames : MediaStatus.BAD_INPUT;
        }

        @Override
        public int frame(ByteBuffer payload, int index, ByteBuffer frame) {
          int at = payload.position();
          for (int i = 0; i < index; i++) {
            at += 1 + (payload.get(at) & 0xFF);
          }
          int bytes = payload.get(at) & 0xFF;
          frame.put(payload.duplicate().limit(at + 1 + bytes).position(at + 1));
          return bytes;
        }

        @Override
        public void close() {
          openParts--;
        }
      };
    }
  }
}
