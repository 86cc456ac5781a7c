package org.mediacore.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.session.LoopReport;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.ProcessorInfo;
import org.mediacore.api.session.SessionReport;
import org.mediacore.api.session.StreamReport;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.api.swap.SwapReceipt;

class MediaCommandsTest {
  private static final StreamStatistics STATISTICS =
      new StreamStatistics(
          50,
          8000,
          1,
          2,
          3,
          4,
          5,
          49,
          7840,
          6,
          160,
          7,
          OptionalDouble.of(1.5),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.of(20));

  private static MediaCommands commands(String... ids) {
    List<MediaSession> sessions = Stream.of(ids).map(MediaCommandsTest::session).toList();
    MediaManager manager =
        fake(MediaManager.class, name -> name.equals("sessions") ? sessions : List.of());
    return commands(Optional.of(manager));
  }

  private static MediaCommands commands(Optional<MediaManager> manager) {
    SwapCommand swap = new SwapCommand(Optional::empty, Optional::empty);
    return new MediaCommands(null, () -> manager, Optional::empty, swap);
  }

  private static MediaSession session(String id) {
    SessionReport report =
        new SessionReport(
            id,
            "sip:a@b",
            "echo",
            "transcode",
            0,
            61_000,
            List.of(
                new StreamReport(
                    MediaKind.AUDIO,
                    "sendrecv",
                    "PCMU/8000",
                    "127.0.0.1:20000",
                    "127.0.0.1:4000",
                    List.of("decode PCMU: negotiated"),
                    STATISTICS)));
    return fake(MediaSession.class, name -> name.equals("id") ? id : report);
  }

  private interface Answers {
    Object of(String method);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.of(method.getName())));
  }

  @Test
  void sessionIsFoundByWhatItsIdBeginsWith() {
    MediaCommands commands = commands("ab1", "ab2", "c");
    assertTrue(commands.stats("c").startsWith("session c"));
    assertTrue(commands.stats("ab2").startsWith("session ab2"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> commands.stats("ab")).getMessage();
    assertEquals("'ab' fits several: ab1, ab2", message);
  }

  @Test
  void wholeIdWinsOverALongerOne() {
    assertTrue(commands("ab", "abc").stats("ab").startsWith("session ab "));
  }

  @Test
  void unknownIdIsAnErrorThatHelps() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> commands().explain("x")).getMessage();
    assertEquals("no session 'x': media:sessions lists them", message);
  }

  @Test
  void reportsShowWhatIsKnownAndSayWhatIsNot() {
    MediaCommands commands = commands("s1");
    String stats = commands.stats("s1");
    assertTrue(stats.contains("jitter ms          1.5"), stats);
    assertTrue(stats.contains("remote loss %      not measured"), stats);
    assertTrue(commands.explain("s1").contains("  decode PCMU: negotiated"));
    assertTrue(commands.sessions().contains("s1  0:01:01  0     transcode  PCMU/8000"));
    assertEquals("no sessions", commands().sessions());
    assertEquals("no codec is deployed", commands().codecs());
  }

  @Test
  void withoutTheRuntimeItSaysSo() {
    MediaCommands commands = commands(Optional.empty());
    assertThrows(IllegalStateException.class, commands::sessions);
    assertThrows(IllegalStateException.class, () -> commands.swaps(0));
  }

  private static SwapReceipt receipt(String session) {
    return new SwapReceipt(
        session,
        "encoder PCMU/8000",
        "codec.g711 1.0.0",
        "codec.g711 1.1.0",
        "newer version",
        1_700_000_000_000L,
        Optional.of(new SwapReceipt.Wire(65535, 0, 100, 260)),
        OptionalDouble.of(-0.25),
        3,
        -48);
  }

  @Test
  void swapsShowReceiptsAndWhatWasRefused() {
    String shown = Reports.swaps(List.of(receipt("7")), 0, List.of("bad 2.0.0: throws"));
    assertTrue(
        shown.contains(
            "codec.g711 1.0.0  codec.g711 1.1.0  newer version  0        160    -0.25     3"
                + "          -48"),
        shown);
    assertTrue(shown.endsWith("quarantined: bad 2.0.0: throws"), shown);
    assertEquals("nothing was replaced under a call", Reports.swaps(List.of(), 0, List.of()));
  }

  @Test
  void latestReceiptsAreShownWhereFewAreWanted() {
    List<SwapReceipt> receipts = List.of(receipt("7"), receipt("8"), receipt("9"));
    String shown = Reports.swaps(receipts, 2, List.of());
    assertEquals(4, shown.lines().count(), shown);
    assertTrue(shown.contains("  8  ") && shown.contains("  9  "), shown);
    assertTrue(shown.endsWith("1 earlier ones are not shown"), shown);
    assertEquals(Reports.swaps(receipts, 0, List.of()), Reports.swaps(receipts, 3, List.of()));
  }

  @Test
  void loopsShowHowLateTheirTicksAre() {
    String shown = Reports.loops(List.of(new LoopReport(1, 42, 1000, 250, 1250, 4037)));
    assertTrue(shown.endsWith("1     42        1000   0.25             1.25  4.04"), shown);
  }

  @Test
  void processorsShowWhereTheyStand() {
    ProcessorDescriptor descriptor =
        new ProcessorDescriptor("highpass", ProcessorDescriptor.Position.RECEIVED, 80);
    String shown =
        Reports.processors(List.of(new ProcessorInfo(descriptor, "p 1.0.0", 0, true, 3)));
    assertTrue(shown.endsWith("highpass   received    80          yes     3     p 1.0.0"), shown);
    assertEquals("no processor is deployed", Reports.processors(List.of()));
  }
}
