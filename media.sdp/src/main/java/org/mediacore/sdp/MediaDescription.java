package org.mediacore.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One m= line and what belongs to it (RFC 8866 §5.14), immutable and lossless. Accessors whose
 * Javadoc says <em>inherited</em> fall back to the session level of the {@link SessionDescription}
 * this object was taken from; an object from a {@link Builder} inherits nothing until it is put
 * into a session.
 *
 * <p>An attribute that is malformed is kept as a line and is absent from its typed accessor. Two
 * objects are equal when their own lines are equal; what they inherit does not count.
 */
public final class MediaDescription {
  private final List<SdpLine> lines;
  private final List<SdpLine> sessionLines;
  private final MediaLine mediaLine;

  MediaDescription(MediaLine mediaLine, List<SdpLine> lines, List<SdpLine> sessionLines) {
    this.mediaLine = mediaLine;
    this.lines = lines;
    this.sessionLines = sessionLines;
  }

  /**
   * Starts a new description without formats.
   *
   * @param type "audio", "video", ...
   * @param port 0 to 65535; 0 refuses the stream
   * @param protocol for instance "RTP/AVP"
   */
  public static Builder builder(String type, int port, String protocol) {
    MediaLine line = new MediaLine(type, port, 1, protocol, List.of());
    return new Builder(line, line.toLine(), List.of());
  }

  /** A builder that starts from this description; everything that is not changed stays. */
  public Builder toBuilder() {
    return new Builder(mediaLine, lines.get(0), lines.subList(1, lines.size()));
  }

  /** All lines in their order; the first is the m= line. Unmodifiable. */
  public List<SdpLine> lines() {
    return lines;
  }

  /** "audio", "video", "image", "application", ... as written. */
  public String type() {
    return mediaLine.type();
  }

  /** Port for RTP, 0 to 65535; 0 means refused or removed (RFC 3264 §6, §8.2). */
  public int port() {
    return mediaLine.port();
  }

  /** Number of consecutive ports, 1 unless written as {@code port/count}. */
  public int portCount() {
    return mediaLine.portCount();
  }

  /** Transport and profile as written, for instance "RTP/AVP" or "UDP/TLS/RTP/SAVPF". */
  public String protocol() {
    return mediaLine.protocol();
  }

  /** The format tokens of the m= line in order; for RTP the payload type numbers. */
  public List<String> formats() {
    return mediaLine.formats();
  }

  /** Whether the protocol carries RTP. */
  public boolean isRtp() {
    return mediaLine.isRtp();
  }

  /** Whether the stream is refused or removed: its port is 0. */
  public boolean isRefused() {
    return port() == 0;
  }

  /** The payload types of the m= line in order of preference; empty when this is not RTP. */
  public List<Integer> payloadTypes() {
    List<Integer> out = new ArrayList<>();
    if (isRtp()) {
      for (String format : formats()) {
        Fields.unsigned(format, 0, 127).ifPresent(out::add);
      }
    }
    return List.copyOf(out);
  }

  /** What a number stands for: its first a=rtpmap, else its fixed meaning in RFC 3551. */
  public Optional<RtpMap> rtpMap(int payloadType) {
    for (RtpMap map : rtpMaps()) {
      if (map.payloadType() == payloadType) {
        return Optional.of(map);
      }
    }
    return isRtp()
        ? StaticPayloadTypes.encoding(payloadType).map(e -> new RtpMap(payloadType, e))
        : Optional.empty();
  }

  /** The a=rtpmap attributes as written, without fixed numbers. */
  public List<RtpMap> rtpMaps() {
    return Lines.attributes(lines, "rtpmap", RtpMap::parse);
  }

  /**
   * Raw text of the first a=fmtp for a format, without the format itself; empty if there is none.
   */
  public Optional<String> fmtp(String format) {
    for (String value : attributes("fmtp")) {
      String text = value.stripLeading();
      int end = 0;
      while (end < text.length() && text.charAt(end) > ' ') {
        end++;
      }
      if (text.substring(0, end).equals(format)) {
        return Optional.of(text.substring(end).strip());
      }
    }
    return Optional.empty();
  }

  /** Raw text of the first a=fmtp for a payload type. */
  public Optional<String> fmtp(int payloadType) {
    return fmtp(Integer.toString(payloadType));
  }

  /** Parameters of a payload type, see {@link FormatParameters#parse}; empty without a=fmtp. */
  public Map<String, String> fmtpParameters(int payloadType) {
    return FormatParameters.parse(fmtp(payloadType).orElse(""));
  }

  /** The formats with a known encoding, in the order of the m= line, each number once. */
  public List<RtpFormat> rtpFormats() {
    List<RtpFormat> out = new ArrayList<>();
    for (int payloadType : payloadTypes().stream().distinct().toList()) {
      rtpMap(payloadType)
          .map(map -> new RtpFormat(payloadType, map.encoding(), fmtp(payloadType).orElse("")))
          .ifPresent(out::add);
    }
    return List.copyOf(out);
  }

  /** Title of the media (i=). */
  public Optional<String> information() {
    return Lines.first(lines, 'i');
  }

  /** Where media is to be sent; inherited. The first one, where several multicast ones stand. */
  public Optional<Connection> connection() {
    Optional<Connection> own = Lines.first(lines, 'c').flatMap(Connection::parse);
    return own.isPresent() ? own : Lines.first(sessionLines, 'c').flatMap(Connection::parse);
  }

  /** The bandwidth limits of this stream, malformed ones left out; not inherited. */
  public List<Bandwidth> bandwidths() {
    return Lines.all(lines, 'b', Bandwidth::parse);
  }

  /** The written direction; inherited, and sendrecv when nothing is said (RFC 8866 §6.7). */
  public Direction direction() {
    return Lines.direction(lines)
        .or(() -> Lines.direction(sessionLines))
        .orElse(Direction.SENDRECV);
  }

  /**
   * The direction with the old way of holding applied: an unspecified address (c=0.0.0.0) cannot
   * receive (RFC 3264 §8.4). A description that uses ICE is exempt, since there the address is a
   * placeholder (RFC 8840 §4.1.1).
   */
  public Direction effectiveDirection() {
    boolean cannotReceive =
        connection().map(Connection::isUnspecified).orElse(false) && iceUfrag().isEmpty();
    return cannotReceive ? Direction.of(direction().sends(), false) : direction();
  }

  /** Whether whoever wrote this asks not to be sent media, in either style of hold. */
  public boolean isHold() {
    return !isRefused() && !effectiveDirection().receives();
  }

  /** Packet duration its writer wants to receive, in ms; may be fractional (RFC 8866 §6.4). */
  public OptionalDouble ptimeMs() {
    return milliseconds("ptime");
  }

  /** Longest packet duration its writer accepts, in ms. */
  public OptionalDouble maxPtimeMs() {
    return milliseconds("maxptime");
  }

  /** Where RTCP is to be sent, if it is said (RFC 3605). */
  public Optional<RtcpAttribute> rtcp() {
    return attribute("rtcp").flatMap(RtcpAttribute::parse);
  }

  /** Whether RTP and RTCP may share a port (RFC 5761). */
  public boolean rtcpMux() {
    return hasAttribute("rtcp-mux");
  }

  /** Identification tag (RFC 5888), always one word. */
  public Optional<String> mid() {
    return attribute("mid").map(Fields::split).filter(f -> f.length == 1).map(f -> f[0]);
  }

  /** The a=ssrc attributes in order. */
  public List<SsrcAttribute> ssrcs() {
    return Lines.attributes(lines, "ssrc", SsrcAttribute::parse);
  }

  /** The raw a=crypto values in order (RFC 4568). */
  public List<String> crypto() {
    return attributes("crypto");
  }

  /** DTLS role, "actpass", "active" or "passive" (RFC 4145, 8842); inherited. */
  public Optional<String> setup() {
    return inheritedAttributes("setup").stream().findFirst().map(String::strip);
  }

  /**
   * Certificate fingerprints, "sha-256 AB:CD..." (RFC 8122); inherited when there is no own one.
   */
  public List<String> fingerprints() {
    return inheritedAttributes("fingerprint");
  }

  /** ICE user name fragment (RFC 8839); inherited. */
  public Optional<String> iceUfrag() {
    return inheritedAttributes("ice-ufrag").stream().findFirst().map(String::strip);
  }

  /** ICE password (RFC 8839); inherited. */
  public Optional<String> icePwd() {
    return inheritedAttributes("ice-pwd").stream().findFirst().map(String::strip);
  }

  /** ICE options, "trickle ice2 ..." (RFC 8839); inherited. */
  public Optional<String> iceOptions() {
    return inheritedAttributes("ice-options").stream().findFirst().map(String::strip);
  }

  /** Whether the attribute stands at this media description, with or without a value. */
  public boolean hasAttribute(String name) {
    return attribute(name).isPresent();
  }

  /** Raw value of the first attribute of that name here; "" for a property attribute. */
  public Optional<String> attribute(String name) {
    return Lines.attribute(lines, name);
  }

  /** Raw values of all attributes of that name here, in order. */
  public List<String> attributes(String name) {
    return Lines.attributes(lines, name);
  }

  /** Like {@link #attributes}, but the session level's values where there is none here. */
  public List<String> inheritedAttributes(String name) {
    List<String> own = attributes(name);
    return own.isEmpty() ? Lines.attributes(sessionLines, name) : own;
  }

  /** The text of this section, each line ended by CRLF. */
  public String toText() {
    StringBuilder out = new StringBuilder();
    Lines.appendText(lines, out);
    return out.toString();
  }

  @Override
  public String toString() {
    return toText();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MediaDescription o && lines.equals(o.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }

  MediaDescription within(List<SdpLine> newSessionLines) {
    return new MediaDescription(mediaLine, lines, newSessionLines);
  }

  private OptionalDouble milliseconds(String name) {
    String text = attribute(name).map(String::strip).orElse("");
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String fraction = dot < 0 ? "0" : text.substring(dot + 1);
    if (text.length() > 12 || !Fields.isDigits(whole) || !Fields.isDigits(fraction)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /**
   * Makes a media description or a changed copy. Setters replace what is there and keep its place;
   * {@code add} methods append. Not thread-safe. Values with a line break, and values outside the
   * ranges the accessors name, throw IllegalArgumentException.
   */
  public static final class Builder {
    private MediaLine mediaLine;
    private SdpLine written;
    private final LineEditor editor;

    private Builder(MediaLine mediaLine, SdpLine written, List<SdpLine> rest) {
      this.mediaLine = mediaLine;
      this.written = written;
      this.editor = new LineEditor("icbka", rest);
    }

    /** Sets the port, 0 to 65535. */
    public Builder port(int port) {
      return line(port, mediaLine.portCount(), mediaLine.protocol(), mediaLine.formats());
    }

    /** Sets the number of consecutive ports, 1 or more. */
    public Builder portCount(int portCount) {
      return line(mediaLine.port(), portCount, mediaLine.protocol(), mediaLine.formats());
    }

    /** Sets the protocol. */
    public Builder protocol(String protocol) {
      return line(mediaLine.port(), mediaLine.portCount(), protocol, mediaLine.formats());
    }

    /** Replaces the format tokens; rtpmap and fmtp attributes stay as they are. */
    public Builder formats(List<String> formats) {
      return line(mediaLine.port(), mediaLine.portCount(), mediaLine.protocol(), formats);
    }

    /** Appends a format token. */
    public Builder addFormat(String format) {
      List<String> formats = new ArrayList<>(mediaLine.formats());
      formats.add(format);
      return formats(formats);
    }

    /** Appends a payload type with its a=rtpmap and, unless empty, its a=fmtp. */
    public Builder addRtpFormat(RtpFormat format) {
      addFormat(Integer.toString(format.payloadType()));
      addAttribute("rtpmap", new RtpMap(format.payloadType(), format.encoding()).toValue());
      if (!format.fmtp().isEmpty()) {
        addAttribute("fmtp", format.payloadType() + " " + format.fmtp());
      }
      return this;
    }

    /** Replaces all formats, and every rtpmap, fmtp and rtcp-fb attribute, by these formats. */
    public Builder rtpFormats(List<RtpFormat> formats) {
      removeAttribute("rtpmap").removeAttribute("fmtp").removeAttribute("rtcp-fb");
      formats(List.of());
      formats.forEach(this::addRtpFormat);
      return this;
    }

    /** Sets i=. */
    public Builder information(String information) {
      editor.put(new SdpLine('i', information));
      return this;
    }

    /** Sets c=. */
    public Builder connection(Connection connection) {
      editor.put(new SdpLine('c', connection.toValue()));
      return this;
    }

    /** Appends b=. */
    public Builder addBandwidth(Bandwidth bandwidth) {
      editor.add(new SdpLine('b', bandwidth.toValue()));
      return this;
    }

    /** Sets the direction attribute. */
    public Builder direction(Direction direction) {
      editor.putDirection(direction);
      return this;
    }

    /** Sets a=ptime in ms, above 0. */
    public Builder ptimeMs(double ptimeMs) {
      return attribute("ptime", milliseconds(ptimeMs));
    }

    /** Sets a=maxptime in ms, above 0. */
    public Builder maxPtimeMs(double maxPtimeMs) {
      return attribute("maxptime", milliseconds(maxPtimeMs));
    }

    /** Sets a=rtcp. */
    public Builder rtcp(RtcpAttribute rtcp) {
      return attribute("rtcp", rtcp.toValue());
    }

    /** Sets or removes a=rtcp-mux. */
    public Builder rtcpMux(boolean rtcpMux) {
      return rtcpMux ? attribute("rtcp-mux") : removeAttribute("rtcp-mux");
    }

    /** Sets a=mid. */
    public Builder mid(String mid) {
      return attribute("mid", Fields.requireToken(mid, "mid"));
    }

    /** Appends a=ssrc. */
    public Builder addSsrc(SsrcAttribute ssrc) {
      return addAttribute("ssrc", ssrc.toValue());
    }

    /** Sets a property attribute, replacing all of that name. */
    public Builder attribute(String name) {
      editor.putAttribute(SdpLine.attribute(name));
      return this;
    }

    /** Sets an attribute, replacing all of that name. */
    public Builder attribute(String name, String value) {
      editor.putAttribute(SdpLine.attribute(name, value));
      return this;
    }

    /** Appends an attribute beside those of the same name. */
    public Builder addAttribute(String name, String value) {
      editor.add(SdpLine.attribute(name, value));
      return this;
    }

    /** Appends any line but v=, m= and t= where its type belongs. */
    public Builder addLine(SdpLine line) {
      if ("vmt".indexOf(line.type()) >= 0) {
        throw new IllegalArgumentException("no line of a media section: " + line);
      }
      editor.add(line);
      return this;
    }

    /** Removes every attribute of that name. */
    public Builder removeAttribute(String name) {
      editor.removeAttribute(name);
      return this;
    }

    /** Removes every line of that type other than m=. */
    public Builder removeLines(char type) {
      editor.removeIf(line -> line.type() == type);
      return this;
    }

    /** The description; throws IllegalStateException while it has no format. */
    public MediaDescription build() {
      if (mediaLine.formats().isEmpty()) {
        throw new IllegalStateException("a media description needs at least one format");
      }
      List<SdpLine> lines = new ArrayList<>();
      lines.add(written);
      lines.addAll(editor.toLines());
      return new MediaDescription(mediaLine, List.copyOf(lines), List.of());
    }

    private Builder line(int port, int portCount, String protocol, List<String> formats) {
      MediaLine changed = new MediaLine(mediaLine.type(), port, portCount, protocol, formats);
      if (!changed.equals(mediaLine)) {
        mediaLine = changed;
        written = changed.toLine();
      }
      return this;
    }

    private static String milliseconds(double value) {
      if (!(value > 0 && value <= 1_000_000)) {
        throw new IllegalArgumentException("not a duration in ms: " + value);
      }
      return value == Math.rint(value)
          ? Long.toString((long) value)
          : String.format(Locale.ROOT, "%.3f", value);
    }
  }
}
