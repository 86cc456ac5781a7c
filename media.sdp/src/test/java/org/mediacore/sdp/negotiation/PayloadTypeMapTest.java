package org.mediacore.sdp.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.sdp.negotiation.Sdp.encoding;
import static org.mediacore.sdp.negotiation.Sdp.format;
import static org.mediacore.sdp.negotiation.Sdp.session;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mediacore.sdp.RtpFormat;

class PayloadTypeMapTest {
  private final PayloadTypeMap map = new PayloadTypeMap();

  private int allocate(String encoding) {
    return map.allocate(encoding(encoding), "").orElseThrow();
  }

  @Test
  void fixedNumbersAreUsedAndOthersAreDynamic() {
    assertEquals(0, allocate("PCMU/8000"));
    assertEquals(8, allocate("pcma/8000"));
    assertEquals(9, allocate("G722/8000"));
    assertEquals(10, allocate("L16/44100/2"));
    assertEquals(11, allocate("L16/44100"));
    assertEquals(18, allocate("G729/8000"));
    assertEquals(96, allocate("opus/48000/2"));
    assertEquals(97, allocate("L16/8000"));
    assertEquals(96, allocate("OPUS/48000/2"), "the same number ever after");
    assertEquals(9, allocate("G722/8000"));
  }

  @Test
  void dynamicNumbersRunFrom96To127ThenFrom35To63ThenOut() {
    List<Integer> numbers =
        IntStream.range(0, 61).mapToObj(i -> allocate("codec" + i + "/8000")).toList();
    List<Integer> expected =
        IntStream.concat(IntStream.rangeClosed(96, 127), IntStream.rangeClosed(35, 63))
            .boxed()
            .toList();
    assertEquals(expected, numbers);
    assertTrue(numbers.stream().noneMatch(n -> n >= 64 && n <= 95), "RFC 5761 §4");
    assertTrue(numbers.stream().allMatch(PayloadTypeMap::isDynamic));
    assertEquals(OptionalInt.empty(), map.allocate(encoding("one-more/8000"), ""));
    assertEquals(0, allocate("PCMU/8000"), "a fixed number is still there");
  }

  @Test
  void thePeersNumberIsPreferredForTheSameCodecAndAvoidedForAnother() {
    map.bindRemote(format(96, "speex/16000"));
    map.bindRemote(format(111, "opus/48000/2"));
    assertEquals(111, allocate("opus/48000/2"));
    assertEquals(97, allocate("iLBC/8000"));
    map.bindRemote(format(72, "AMR/8000"));
    assertEquals(98, allocate("AMR/8000"), "never in the range where RTCP would be mistaken");
  }

  @Test
  void thePeersNumbersAreTakenWhenNoOthersAreLeft() {
    IntStream.concat(IntStream.rangeClosed(96, 127), IntStream.rangeClosed(35, 62))
        .forEach(n -> map.bindRemote(format(n, "theirs" + n + "/8000")));
    assertEquals(63, allocate("a/8000"));
    assertEquals(96, allocate("b/8000"));
  }

  @Test
  void bothSidesMayUseOneNumberForDifferentCodecs() {
    assertEquals(96, allocate("opus/48000/2"));
    assertEquals(Optional.empty(), map.bindRemote(format(96, "speex/16000")));
    assertEquals("opus/48000/2", map.local(96).orElseThrow().encoding().toString());
    assertEquals("speex/16000", map.remote(96).orElseThrow().encoding().toString());
  }

  @Test
  void aNumberKeepsItsMeaningForTheSessionsLife() {
    assertEquals(Optional.empty(), map.bindLocal(format(96, "opus/48000/2")));
    PayloadTypeConflict ours = map.bindLocal(format(96, "AMR/8000")).orElseThrow();
    assertEquals(
        "payload type 96 is opus/48000/2 in this session and cannot become AMR/8000",
        ours.toString());
    assertEquals("opus/48000/2", map.local(96).orElseThrow().encoding().toString());

    var first = session("m=audio 1 RTP/AVP 96 0;a=rtpmap:96 opus/48000/2").media().get(0);
    var without = session("m=audio 1 RTP/AVP 0").media().get(0);
    var reused = session("m=audio 1 RTP/AVP 0 96;a=rtpmap:96 iLBC/8000").media().get(0);
    assertEquals(List.of(), map.bindRemote(first));
    assertEquals(List.of(), map.bindRemote(without));
    assertEquals(
        List.of(new PayloadTypeConflict(format(96, "opus/48000/2"), format(96, "iLBC/8000"))),
        map.bindRemote(reused));
    assertEquals("opus/48000/2", map.remote(96).orElseThrow().encoding().toString());
    assertEquals(2, map.remoteFormats().size());
    assertEquals(1, map.localFormats().size());
  }

  @Test
  void anOverriddenFixedNumberIsRespected() {
    map.bindLocal(format(0, "opus/48000/2"));
    assertEquals(96, allocate("PCMU/8000"));
    assertEquals(0, allocate("opus/48000/2"));
  }

  @Test
  void parametersMakeADifferentFormatOnlyWhereTheCodecSaysSo() {
    map.bindLocal(new RtpFormat(96, encoding("opus/48000/2"), "useinbandfec=0"));
    assertEquals(
        Optional.empty(),
        map.bindLocal(new RtpFormat(96, encoding("opus/48000/2"), "useinbandfec=1")));
    assertEquals("useinbandfec=1", map.local(96).orElseThrow().fmtp());

    PayloadTypeMap strict =
        new PayloadTypeMap(f -> f.parameters().getOrDefault("packetization-mode", "0"));
    Set<Integer> numbers = new HashSet<>();
    for (String fmtp : List.of("", "packetization-mode=1", "Packetization-Mode=0;x=1")) {
      numbers.add(strict.allocate(encoding("H264/90000"), fmtp).orElseThrow());
    }
    assertEquals(Set.of(96, 97), numbers);
    String said =
        strict
            .bindLocal(new RtpFormat(96, encoding("H264/90000"), "packetization-mode=1"))
            .orElseThrow()
            .toString();
    assertTrue(said.endsWith("cannot become H264/90000 (packetization-mode=1)"), said);
  }
}
