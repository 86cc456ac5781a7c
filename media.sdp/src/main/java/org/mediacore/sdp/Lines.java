package org.mediacore.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Queries over the lines of one section. */
final class Lines {
  private Lines() {}

  static Optional<String> first(List<SdpLine> lines, char type) {
    for (SdpLine line : lines) {
      if (line.type() == type) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  static <T> List<T> all(List<SdpLine> lines, char type, Function<String, Optional<T>> parser) {
    List<T> out = new ArrayList<>();
    for (SdpLine line : lines) {
      if (line.type() == type) {
        parser.apply(line.value()).ifPresent(out::add);
      }
    }
    return List.copyOf(out);
  }

  static Optional<String> attribute(List<SdpLine> lines, String name) {
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        return Optional.of(line.attributeValue());
      }
    }
    return Optional.empty();
  }

  static List<String> attributes(List<SdpLine> lines, String name) {
    List<String> out = new ArrayList<>();
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        out.add(line.attributeValue());
      }
    }
    return List.copyOf(out);
  }

  static <T> List<T> attributes(
      List<SdpLine> lines, String name, Function<String, Optional<T>> parser) {
    List<T> out = new ArrayList<>();
    for (String value : attributes(lines, name)) {
      parser.apply(value).ifPresent(out::add);
    }
    return List.copyOf(out);
  }

  static Optional<Direction> direction(List<SdpLine> lines) {
    for (SdpLine line : lines) {
      if (line.type() == 'a') {
        Optional<Direction> direction = Direction.ofAttribute(line.attributeName());
        if (direction.isPresent()) {
          return direction;
        }
      }
    }
    return Optional.empty();
  }

  static void appendText(List<SdpLine> lines, StringBuilder out) {
    for (SdpLine line : lines) {
      out.append(line.type()).append('=').append(line.value()).append("\r\n");
    }
  }
}
