package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mediacore.api.codec.EncoderTuning;

/** Modes, requests for modes, pauses, damaged and lost frames. */
class AmrCodecTest {
  private static EncoderTuning bitrateBps(int bitrateBps) {
    return EncoderTuning.builder().bitrateBps(bitrateBps).build();
  }

  /** The frame types of a payload. */
  private static List<Integer> types(AmrVariant variant, boolean octetAligned, byte[] payload) {
    PayloadReader reader = new PayloadReader(variant, octetAligned);
    int frames = reader.read(ByteBuffer.wrap(payload));
    assertTrue(frames > 0, "status " + frames);
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      types.add(reader.type(i));
    }
    return types;
  }

  private static int type(AmrVariant variant, byte[] payload) {
    return payload.length == 0 ? AmrVariant.NO_DATA : types(variant, false, payload).get(0);
  }

  private static byte[] withRequest(byte[] payload, int request) {
    byte[] changed = payload.clone();
    changed[0] = (byte) (changed[0] & 0x0F | request << 4);
    return changed;
  }

  /** What an encoder makes of a signal, frame by frame. */
  private static List<byte[]> encode(AmrEncoder encoder, AmrVariant variant, short[] pcm) {
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at + variant.samplesPerFrame <= pcm.length; at += variant.samplesPerFrame) {
      payloads.add(Amr.encode(encoder, pcm, at, variant.samplesPerFrame));
    }
    return payloads;
  }

  @ParameterizedTest
  @EnumSource
  void everyModeIsSentWithTheNextFrameAndDecodes(AmrVariant variant) throws Exception {
    short[] speech = Amr.speech(variant, variant.samplesPerFrame * 50);
    for (int mode = 0; mode < variant.modes; mode++) {
      short[] decoded = new short[speech.length];
      try (AmrEncoder encoder = Amr.encoder(variant, "");
          AmrDecoder decoder = Amr.decoder(variant, "")) {
        byte[] first = Amr.encode(encoder, speech, 0, variant.samplesPerFrame);
        assertEquals(variant.modes - 1, type(variant, first));
        assertTrue(encoder.tune(bitrateBps(variant.bitrateBps(mode))));
        for (int at = 0; at < speech.length; at += variant.samplesPerFrame) {
          byte[] payload = Amr.encode(encoder, speech, at, variant.samplesPerFrame);
          assertEquals(mode, type(variant, payload));
          assertEquals((4 + 6 + variant.frameBits(mode) + 7) / 8, payload.length);
          decoder.decode(ByteBuffer.wrap(payload), decoded, at);
        }
      }
      double ratio = Amr.energy(decoded, 0, decoded.length) / Amr.energy(speech, 0, speech.length);
      assertTrue(ratio > 0.3 && ratio < 2, "mode " + mode + ": energy " + ratio);
    }
  }

  /** Decoder and encoder of one side, as a session uses them. */
  @ParameterizedTest
  @EnumSource
  void aModeRequestIsFollowedWithinAFrame(AmrVariant variant) throws Exception {
    short[] speech = Amr.speech(variant, variant.samplesPerFrame);
    short[] heard = new short[variant.samplesPerFrame];
    try (AmrEncoder peer = Amr.encoder(variant, "");
        AmrDecoder decoder = Amr.decoder(variant, "");
        AmrEncoder encoder = Amr.encoder(variant, "")) {
      byte[] payload = Amr.encode(peer, speech, 0, speech.length);
      for (int request : new int[] {2, 0, 7, 1, variant.modes - 1}) {
        decoder.decode(ByteBuffer.wrap(withRequest(payload, request)), heard, 0);
        encoder.tune(decoder.peerWish());
        assertEquals(request, type(variant, Amr.encode(encoder, speech, 0, speech.length)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestsThatNameNoModeAreIgnored(AmrVariant variant) throws Exception {
    short[] pcm = new short[variant.samplesPerFrame];
    try (AmrEncoder peer = Amr.encoder(variant, "");
        AmrDecoder decoder = Amr.decoder(variant, "")) {
      byte[] payload = Amr.encode(peer, pcm, 0, pcm.length);
      EncoderTuning nothing = EncoderTuning.builder().build();
      assertEquals(nothing, decoder.peerWish());
      decoder.decode(ByteBuffer.wrap(payload), pcm, 0);
      assertEquals(nothing, decoder.peerWish(), "15 before any request wishes nothing");
      decoder.decode(ByteBuffer.wrap(withRequest(payload, 1)), pcm, 0);
      EncoderTuning wish = decoder.peerWish();
      assertEquals(bitrateBps(variant.bitrateBps(1)), wish);
      for (int reserved = variant.modes; reserved < AmrVariant.NO_DATA; reserved++) {
        decoder.decode(ByteBuffer.wrap(withRequest(payload, reserved)), pcm, 0);
        assertSame(wish, decoder.peerWish(), "request " + reserved);
      }
      decoder.decode(ByteBuffer.wrap(withRequest(payload, 1)), pcm, 0);
      assertSame(wish, decoder.peerWish(), "the same wish is the same object");
      decoder.decode(ByteBuffer.wrap(withRequest(payload, AmrVariant.NO_DATA)), pcm, 0);
      assertEquals(bitrateBps(variant.bitrateBps(variant.modes - 1)), decoder.peerWish());
    }
  }

  @Test
  void wishesStayWithinTheAgreedSetAndTheConfiguredMode() throws Exception {
    AmrVariant variant = AmrVariant.NARROWBAND;
    short[] pcm = new short[160];
    AmrSettings settings = new AmrSettings(false, false, 4, 8);
    try (AmrEncoder encoder = Amr.encoder(settings, variant, "mode-set=0,2,4,7", 20)) {
      assertEquals(4, type(variant, Amr.encode(encoder, pcm, 0, 160)));
      encoder.tune(bitrateBps(12_200));
      assertEquals(4, type(variant, Amr.encode(encoder, pcm, 0, 160)));
      encoder.tune(bitrateBps(6_700));
      assertEquals(2, type(variant, Amr.encode(encoder, pcm, 0, 160)));
      encoder.tune(bitrateBps(1));
      assertEquals(0, type(variant, Amr.encode(encoder, pcm, 0, 160)));
      assertFalse(encoder.tune(EncoderTuning.builder().dtx(true).build()));
    }
  }

  @Test
  void rulesOfThePeerForChangesAreKept() throws Exception {
    AmrVariant variant = AmrVariant.NARROWBAND;
    String rules = "mode-set=0,2,4,7;mode-change-period=2;mode-change-neighbor=1";
    try (AmrEncoder encoder = Amr.encoder(AmrSettings.DEFAULT, variant, rules, 120)) {
      encoder.tune(bitrateBps(4_750));
      byte[] payload = Amr.encode(encoder, new short[960], 0, 960);
      assertEquals(List.of(4, 4, 2, 2, 0, 0), types(variant, false, payload));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pausesAreSentAsSilence(AmrVariant variant) throws Exception {
    AmrSettings dtx = new AmrSettings(false, true, 7, 8);
    int frames = 100;
    short[] pcm =
        Arrays.copyOf(
            Amr.speech(variant, variant.samplesPerFrame * 20), variant.samplesPerFrame * frames);
    int noise = 1;
    for (int i = variant.samplesPerFrame * 20; i < pcm.length; i++) {
      noise = noise * 1_103_515_245 + 12_345;
      pcm[i] = (short) (noise >> 27);
    }
    int speech = 0;
    int silence = 0;
    int nothing = 0;
    int longestGap = 0;
    int gap = 0;
    try (AmrEncoder encoder = Amr.encoder(dtx, variant, "", 20);
        AmrDecoder decoder = Amr.decoder(variant, "")) {
      short[] heard = new short[variant.samplesPerFrame];
      for (byte[] payload : encode(encoder, variant, pcm)) {
        gap = payload.length == 0 ? gap + 1 : 0;
        longestGap = Math.max(longestGap, gap);
        if (payload.length == 0) {
          nothing++;
          assertTrue(decoder.pauses());
          assertEquals(heard.length, decoder.conceal(heard.length, heard, 0));
        } else {
          boolean isSilence = variant.isSilence(type(variant, payload));
          silence += isSilence ? 1 : 0;
          speech += isSilence ? 0 : 1;
          assertEquals(heard.length, decoder.decode(ByteBuffer.wrap(payload), heard, 0));
          assertEquals(isSilence, decoder.pauses());
        }
      }
    }
    assertTrue(speech >= 15 && speech < 50, "speech " + speech);
    assertTrue(silence >= 5 && silence < 20, "silence " + silence);
    assertTrue(nothing > 30, "nothing " + nothing);
    assertEquals(7, longestGap, "a description of silence every 8 frames (3GPP TS 26.093)");
  }

  @ParameterizedTest
  @EnumSource
  void comfortNoiseHasTheLevelOfTheNoise(AmrVariant variant) throws Exception {
    AmrSettings dtx = new AmrSettings(false, true, 7, 8);
    short[] pcm = new short[variant.samplesPerFrame * 200];
    int noise = 1;
    for (int i = 0; i < pcm.length; i++) {
      noise = noise * 1_103_515_245 + 12_345;
      pcm[i] = (short) (noise >> 24);
    }
    short[] heard = new short[pcm.length];
    try (AmrEncoder encoder = Amr.encoder(dtx, variant, "", 20);
        AmrDecoder decoder = Amr.decoder(variant, "")) {
      int at = 0;
      for (byte[] payload : encode(encoder, variant, pcm)) {
        if (payload.length == 0) {
          decoder.conceal(variant.samplesPerFrame, heard, at);
        } else {
          decoder.decode(ByteBuffer.wrap(payload), heard, at);
        }
        at += variant.samplesPerFrame;
      }
      assertTrue(decoder.pauses());
    }
    double ratio =
        Amr.energy(heard, pcm.length / 2, pcm.length) / Amr.energy(pcm, pcm.length / 2, pcm.length);
    assertTrue(ratio > 0.1 && ratio < 4, "energy " + ratio);
  }

  @Test
  void packetsOfSilenceAndNothingKeepTheirLength() throws Exception {
    AmrVariant variant = AmrVariant.NARROWBAND;
    AmrSettings dtx = new AmrSettings(false, true, 7, 8);
    int sent = 0;
    try (AmrEncoder encoder = Amr.encoder(dtx, variant, "octet-align=1", 60);
        AmrDecoder decoder = Amr.decoder(variant, "octet-align=1")) {
      short[] pcm = new short[480];
      short[] heard = new short[960];
      for (int i = 0; i < 40; i++) {
        byte[] payload = Amr.encode(encoder, pcm, 0, 480);
        if (payload.length > 0) {
          sent++;
          assertEquals(3, types(variant, true, payload).size());
          assertEquals(480, decoder.decode(ByteBuffer.wrap(payload), heard, 0));
        }
      }
    }
    assertTrue(sent < 35, "packets without anything are not sent: " + sent);
  }

  @ParameterizedTest
  @EnumSource
  void damagedFramesAreConcealedLikeLostOnes(AmrVariant variant) throws Exception {
    short[] speech = Amr.speech(variant, variant.samplesPerFrame * 30);
    List<byte[]> payloads;
    try (AmrEncoder encoder = Amr.encoder(variant, "octet-align=1")) {
      payloads = encode(encoder, variant, speech);
    }
    try (AmrDecoder one = Amr.decoder(variant, "octet-align=1");
        AmrDecoder other = Amr.decoder(variant, "octet-align=1")) {
      short[] ofOne = new short[variant.samplesPerFrame];
      short[] ofOther = new short[variant.samplesPerFrame];
      for (int i = 0; i < payloads.size(); i++) {
        byte[] payload = payloads.get(i);
        if (i % 10 == 9) {
          payload = payload.clone();
          payload[1] &= (byte) ~0x04; // the quality bit
          one.decode(ByteBuffer.wrap(payload), ofOne, 0);
          other.conceal(variant.samplesPerFrame, ofOther, 0);
        } else {
          one.decode(ByteBuffer.wrap(payload), ofOne, 0);
          other.decode(ByteBuffer.wrap(payload), ofOther, 0);
        }
        assertTrue(Arrays.equals(ofOne, ofOther), "frame " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void longLossesFadeAndPartsOfFramesFollowOn(AmrVariant variant) throws Exception {
    int frame = variant.samplesPerFrame;
    short[] speech = Amr.speech(variant, frame * 12);
    List<byte[]> payloads;
    try (AmrEncoder encoder = Amr.encoder(variant, "")) {
      payloads = encode(encoder, variant, speech);
    }
    try (AmrDecoder whole = Amr.decoder(variant, "");
        AmrDecoder parts = Amr.decoder(variant, "")) {
      short[] heard = new short[frame];
      for (byte[] payload : payloads) {
        whole.decode(ByteBuffer.wrap(payload), heard, 0);
        parts.decode(ByteBuffer.wrap(payload), heard, 0);
      }
      double before = Amr.energy(heard, 0, frame);
      short[] concealed = new short[frame * 50];
      assertEquals(concealed.length, whole.conceal(concealed.length, concealed, 0));
      double after = Amr.energy(concealed, frame * 40, frame * 50);
      assertTrue(after < before / 100, "one second later: " + after + ", before: " + before);
      short[] inParts = new short[frame * 4];
      int step = frame / 2 + 3;
      for (int at = 0; at + step <= inParts.length; at += step) {
        assertEquals(step, parts.conceal(step, inParts, at));
        assertTrue(Arrays.equals(concealed, at, at + step, inParts, at, at + step), "from " + at);
      }
    }
  }
}
