package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs SIPp as a caller: a fixed number of PCMU calls at a fixed rate, signalling only. */
final class Sipp {
  private static final String SDP =
      """
      v=0
      o=sipp 1 1 IN IP[local_ip_type] [local_ip]
      s=-
      c=IN IP[media_ip_type] [media_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 0
      a=rtpmap:0 PCMU/8000
      """;

  /**
   * What SIPp counted at its end.
   *
   * @param exitCode 0 when every call succeeded
   * @param created calls begun
   * @param successful calls that ran through the whole scenario
   * @param failed the others
   * @param retransmissions requests that SIPp had to repeat
   * @param errors the unexpected messages that it logged
   */
  record Result(
      int exitCode, int created, int successful, int failed, int retransmissions, String errors) {}

  private Sipp() {}

  /**
   * Calls and waits for the end.
   *
   * @param folder for scenario, statistics and logs
   * @param user whom to call
   * @param port the callee's SIP port on 127.0.0.1
   * @param calls how many calls in all; SIPp stops after them
   * @param perSecond how many it begins each second
   * @param hold how long each call lasts
   */
  static Result call(Path folder, String user, int port, int calls, int perSecond, Duration hold) {
    Path executable = Peers.SIPP.require();
    Duration atMost = Duration.ofSeconds(calls / perSecond + 15).plus(hold);
    Path scenario = folder.resolve("caller.xml");
    Path statistics = folder.resolve("statistics.csv");
    Path errors = folder.resolve("errors.log");
    try {
      Files.writeString(scenario, scenario(hold));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int ownPort = Ports.block(16);
    List<String> command = new ArrayList<>(List.of(executable.toString(), "-nostdin"));
    add(command, "-sf", scenario, "-s", user, "-i", "127.0.0.1", "-p", ownPort, "-mp", ownPort + 8);
    add(command, "-m", calls, "-r", perSecond, "-l", calls);
    add(command, "-timeout", atMost.toSeconds() + "s");
    add(command, "-trace_stat", "-stf", statistics, "-fd", "1");
    add(command, "-trace_err", "-error_file", errors, "127.0.0.1:" + port);
    try (Program sipp = Program.start("sipp", command, folder.resolve("sipp.log"), Map.of())) {
      int exit = sipp.awaitExit(atMost.plusSeconds(10));
      if (!Files.exists(statistics)) {
        throw new AssertionError("no statistics\n" + sipp.describe());
      }
      return result(exit, Files.readAllLines(statistics), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<String> command, Object... arguments) {
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
  }

  /** Reads the last line of the statistics; the first names the columns, {@code (C)} cumulates. */
  private static Result result(int exit, List<String> csv, Path errors) throws IOException {
    List<String> names = Arrays.asList(csv.get(0).split(";"));
    String[] values = csv.get(csv.size() - 1).split(";");
    return new Result(
        exit,
        Integer.parseInt(values[names.indexOf("TotalCallCreated")]),
        Integer.parseInt(values[names.indexOf("SuccessfulCall(C)")]),
        Integer.parseInt(values[names.indexOf("FailedCall(C)")]),
        Integer.parseInt(values[names.indexOf("Retransmissions(C)")]),
        Files.exists(errors) ? Files.readString(errors) : "");
  }

  private static String scenario(Duration hold) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <scenario name="caller">
    """
        + send("INVITE", "500", "", "Content-Type: application/sdp\n", SDP)
        + "<recv response=\"100\" optional=\"true\"/>\n"
        + "<recv response=\"180\" optional=\"true\"/>\n"
        + "<recv response=\"200\" rtd=\"true\" rrs=\"true\"/>\n"
        + send("ACK", "", "[peer_tag_param]", "", "")
        + "<pause milliseconds=\""
        + hold.toMillis()
        + "\"/>\n"
        + send("BYE", "500", "[peer_tag_param]", "", "")
        + "<recv response=\"200\"/>\n"
        + "</scenario>\n";
  }

  private static String send(
      String method, String retransmitMs, String toTag, String headers, String body) {
    String sequence = method.equals("BYE") ? "2 BYE" : "1 " + method;
    String retransmit = retransmitMs.isEmpty() ? "" : " retrans=\"" + retransmitMs + "\"";
    return "<send"
        + retransmit
        + "><![CDATA[\n"
        + method
        + " sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n"
        + "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
        + "From: <sip:load@[local_ip]:[local_port]>;tag=[call_number]\n"
        + "To: <sip:[service]@[remote_ip]:[remote_port]>"
        + toTag
        + "\nCall-ID: [call_id]\n"
        + "CSeq: "
        + sequence
        + "\nContact: <sip:load@[local_ip]:[local_port]>\n"
        + "Max-Forwards: 70\n"
        + headers
        + "Content-Length: [len]\n\n"
        + body
        + "]]></send>\n";
  }
}
