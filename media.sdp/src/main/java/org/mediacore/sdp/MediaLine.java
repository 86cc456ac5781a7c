package org.mediacore.sdp;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The fields of an m= line (RFC 8866 §5.14). */
record MediaLine(String type, int port, int portCount, String protocol, List<String> formats) {

  MediaLine {
    Fields.requireToken(type, "media type");
    Fields.requireToken(protocol, "protocol");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("media port outside 0-65535: " + port);
    }
    if (portCount < 1 || portCount > 65_535) {
      throw new IllegalArgumentException("port count outside 1-65535: " + portCount);
    }
    formats = List.copyOf(formats);
    formats.forEach(format -> Fields.requireToken(format, "format"));
  }

  /** Reads the value of an m= line; the message of the exception says what is expected. */
  static MediaLine parse(String value) throws Malformed {
    String[] f = Fields.split(value);
    if (f.length < 4) {
      throw new Malformed("m=<media> <port>[/<count>] <protocol> <format> ...");
    }
    int slash = f[1].indexOf('/');
    OptionalInt port = Fields.unsigned(slash < 0 ? f[1] : f[1].substring(0, slash), 0, 65_535);
    OptionalInt count =
        slash < 0 ? OptionalInt.of(1) : Fields.unsigned(f[1].substring(slash + 1), 1, 65_535);
    if (port.isEmpty()) {
      throw new Malformed("a port from 0 to 65535 after the media type");
    }
    if (count.isEmpty()) {
      throw new Malformed("a number of ports from 1 to 65535 after the slash");
    }
    List<String> formats = Arrays.asList(f).subList(3, f.length);
    MediaLine line = new MediaLine(f[0], port.getAsInt(), count.getAsInt(), f[2], formats);
    if (line.port != 0 && line.isRtp()) {
      for (String format : formats) {
        if (Fields.unsigned(format, 0, 127).isEmpty()) {
          throw new Malformed("RTP payload types from 0 to 127 as formats");
        }
      }
    }
    return line;
  }

  boolean isRtp() {
    return Arrays.asList(protocol.split("/", -1)).contains("RTP");
  }

  SdpLine toLine() {
    String ports = portCount == 1 ? Integer.toString(port) : port + "/" + portCount;
    return new SdpLine('m', type + " " + ports + " " + protocol + " " + String.join(" ", formats));
  }

  /** Carries what is expected to the parser, which knows the line's number. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String expected) {
      super(expected);
    }
  }
}
