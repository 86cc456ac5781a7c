package org.mediacore.sdp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866), immutable and lossless: every line is kept in order, and {@link
 * #toText} of a parsed description gives all of them back, each ended by CRLF. An attribute that is
 * not understood or malformed is kept as a line and is absent from its typed accessor.
 */
public final class SessionDescription {
  private final List<SdpLine> sessionLines;
  private final List<MediaDescription> media;

  SessionDescription(List<SdpLine> sessionLines, List<MediaDescription> media) {
    this.sessionLines = List.copyOf(sessionLines);
    List<MediaDescription> bound = new ArrayList<>();
    for (MediaDescription description : media) {
      bound.add(description.within(this.sessionLines));
    }
    this.media = List.copyOf(bound);
  }

  /**
   * Parses a description with {@link SdpLimits#DEFAULT}. Tolerated: bare LF as line end, a missing
   * last line end, blank lines at the end, missing s= and t=, any order of session lines after v=.
   *
   * @throws SdpParseException when it is not a description, or exceeds a limit
   */
  public static SessionDescription parse(String text) throws SdpParseException {
    return parse(text, SdpLimits.DEFAULT);
  }

  /** Parses a description within the given limits; see {@link #parse(String)}. */
  public static SessionDescription parse(String text, SdpLimits limits) throws SdpParseException {
    return new SdpParser(limits).parse(text);
  }

  /**
   * Parses a body as it came from the network: UTF-8, or where it is not valid UTF-8, ISO-8859-1.
   *
   * @param body is only read; from its first to its last byte
   */
  public static SessionDescription parse(byte[] body) throws SdpParseException {
    if (body.length > SdpLimits.DEFAULT.maxTextChars()) {
      throw SdpParser.tooLong(SdpLimits.DEFAULT);
    }
    return parse(decode(body));
  }

  /** Starts a new description: v=0, s=- and t=0 0 are set, {@link Builder#origin} is required. */
  public static Builder builder() {
    List<SdpLine> lines =
        List.of(new SdpLine('v', "0"), new SdpLine('s', "-"), new SdpLine('t', "0 0"));
    return new Builder(lines, List.of());
  }

  /** A builder that starts from this description; everything that is not changed stays. */
  public Builder toBuilder() {
    return new Builder(sessionLines, media);
  }

  /** The lines before the first m= line, in order. Unmodifiable. */
  public List<SdpLine> sessionLines() {
    return sessionLines;
  }

  /** The media descriptions in order; each knows the session level it inherits from. */
  public List<MediaDescription> media() {
    return media;
  }

  /** All lines of the description in order. */
  public List<SdpLine> lines() {
    List<SdpLine> out = new ArrayList<>(sessionLines);
    media.forEach(description -> out.addAll(description.lines()));
    return List.copyOf(out);
  }

  /** Who made the session and which version this is. Always there. */
  public Origin origin() {
    return Lines.first(sessionLines, 'o')
        .flatMap(Origin::parse)
        .orElseThrow(() -> new AssertionError("checked when it was made"));
  }

  /** Name of the session (s=) as written; "-" where the line is missing. */
  public String sessionName() {
    return Lines.first(sessionLines, 's').orElse("-");
  }

  /** What the session is about (i=). */
  public Optional<String> information() {
    return Lines.first(sessionLines, 'i');
  }

  /** The connection of the session level; a media description may have its own. */
  public Optional<Connection> connection() {
    return Lines.first(sessionLines, 'c').flatMap(Connection::parse);
  }

  /** The bandwidth limits of the session level, malformed ones left out. */
  public List<Bandwidth> bandwidths() {
    return Lines.all(sessionLines, 'b', Bandwidth::parse);
  }

  /** The times the session is active; empty where the peer left t= out. */
  public List<Timing> timings() {
    return Lines.all(sessionLines, 't', Timing::parse);
  }

  /** The groups (RFC 5888), for instance BUNDLE. */
  public List<Group> groups() {
    return Lines.attributes(sessionLines, "group", Group::parse);
  }

  /** The direction the session level gives, if it does. */
  public Optional<Direction> direction() {
    return Lines.direction(sessionLines);
  }

  /** Whether the writer is an ICE lite implementation (RFC 8839 §5.3). */
  public boolean iceLite() {
    return hasAttribute("ice-lite");
  }

  /** Whether the attribute stands at session level, with or without a value. */
  public boolean hasAttribute(String name) {
    return attribute(name).isPresent();
  }

  /** Raw value of the first session-level attribute of that name; "" for a property attribute. */
  public Optional<String> attribute(String name) {
    return Lines.attribute(sessionLines, name);
  }

  /** Raw values of all session-level attributes of that name, in order. */
  public List<String> attributes(String name) {
    return Lines.attributes(sessionLines, name);
  }

  /** This description with another origin. */
  public SessionDescription withOrigin(Origin origin) {
    return toBuilder().origin(origin).build();
  }

  /** This description with another media description at an index (0-based). */
  public SessionDescription withMedia(int index, MediaDescription description) {
    return toBuilder().media(index, description).build();
  }

  /** The text, each line ended by CRLF. */
  public String toText() {
    StringBuilder out = new StringBuilder();
    Lines.appendText(sessionLines, out);
    media.forEach(description -> Lines.appendText(description.lines(), out));
    return out.toString();
  }

  /** Same as {@link #toText}. */
  @Override
  public String toString() {
    return toText();
  }

  /** Equal when all lines are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SessionDescription o
        && sessionLines.equals(o.sessionLines)
        && media.equals(o.media);
  }

  @Override
  public int hashCode() {
    return sessionLines.hashCode() * 31 + media.hashCode();
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      // a=charset or an old phone's session name: every byte is kept as one character
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Makes a session description or a changed copy. Setters replace what is there and keep its
   * place; {@code add} methods append. Not thread-safe. Values with a line break throw
   * IllegalArgumentException.
   */
  public static final class Builder {
    private final LineEditor editor;
    private final List<MediaDescription> media;

    private Builder(List<SdpLine> lines, List<MediaDescription> media) {
      this.editor = new LineEditor("vosiuepcbtrzka", lines);
      this.media = new ArrayList<>(media);
    }

    /** Sets o=. */
    public Builder origin(Origin origin) {
      editor.put(new SdpLine('o', origin.toValue()));
      return this;
    }

    /** Sets s=; "-" when there is nothing to say. */
    public Builder sessionName(String sessionName) {
      editor.put(new SdpLine('s', sessionName));
      return this;
    }

    /** Sets i=. */
    public Builder information(String information) {
      editor.put(new SdpLine('i', information));
      return this;
    }

    /** Sets the session-level c=. */
    public Builder connection(Connection connection) {
      editor.put(new SdpLine('c', connection.toValue()));
      return this;
    }

    /** Appends b=. */
    public Builder addBandwidth(Bandwidth bandwidth) {
      editor.add(new SdpLine('b', bandwidth.toValue()));
      return this;
    }

    /** Sets t=, replacing all there are. */
    public Builder timing(Timing timing) {
      editor.put(new SdpLine('t', timing.toValue()));
      return this;
    }

    /** Replaces t= and r= by these lines, in this order: a repeat belongs to the time before it. */
    public Builder times(List<SdpLine> lines) {
      editor.putTimes(lines);
      return this;
    }

    /** Appends a=group. */
    public Builder addGroup(Group group) {
      return addAttribute("group", group.toValue());
    }

    /** Sets the session-level direction. */
    public Builder direction(Direction direction) {
      editor.putDirection(direction);
      return this;
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

    /** Appends any line but v=, o= and m= where its type belongs. */
    public Builder addLine(SdpLine line) {
      if ("vom".indexOf(line.type()) >= 0) {
        throw new IllegalArgumentException("not a line to append: " + line);
      }
      editor.add(line);
      return this;
    }

    /** Removes every session-level attribute of that name. */
    public Builder removeAttribute(String name) {
      editor.removeAttribute(name);
      return this;
    }

    /** Removes every session-level line of a type other than v= and o=. */
    public Builder removeLines(char type) {
      if (type == 'v' || type == 'o') {
        throw new IllegalArgumentException(type + "= is required");
      }
      editor.removeIf(line -> line.type() == type);
      return this;
    }

    /** Appends a media description. */
    public Builder addMedia(MediaDescription description) {
      media.add(description);
      return this;
    }

    /** Replaces the media description at an index (0-based). */
    public Builder media(int index, MediaDescription description) {
      media.set(index, description);
      return this;
    }

    /** Replaces all media descriptions. */
    public Builder media(List<MediaDescription> descriptions) {
      media.clear();
      media.addAll(descriptions);
      return this;
    }

    /** The description; throws IllegalStateException when no origin was given. */
    public SessionDescription build() {
      List<SdpLine> lines = editor.toLines();
      if (Lines.first(lines, 'o').isEmpty()) {
        throw new IllegalStateException("a session description needs an origin");
      }
      return new SessionDescription(lines, media);
    }
  }
}
