package org.mediacore.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lines of one section while it is being built or changed. What is replaced keeps its place,
 * what is new goes where the order of RFC 8866 §5 puts it, everything else stays untouched.
 */
final class LineEditor {
  private final String order;
  private final List<SdpLine> lines;

  /**
   * Starts from existing lines.
   *
   * @param order the type letters of the section in their prescribed order
   */
  LineEditor(String order, List<SdpLine> lines) {
    this.order = order;
    this.lines = new ArrayList<>(lines);
  }

  /** Replaces all lines of the type by this one, or inserts it. */
  void put(SdpLine line) {
    replace(line, old -> old.type() == line.type());
  }

  /** Replaces all attributes of the same name by this one, or inserts it. */
  void putAttribute(SdpLine line) {
    String name = line.attributeName();
    replace(line, old -> old.isAttribute(name));
  }

  /** Replaces whatever direction attribute there is. */
  void putDirection(Direction direction) {
    replace(
        SdpLine.attribute(direction.attributeName()),
        old -> old.type() == 'a' && Direction.ofAttribute(old.attributeName()).isPresent());
  }

  /** Inserts behind the last line that may stand before it. */
  void add(SdpLine line) {
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (rank(lines.get(i).type()) <= rank(line.type())) {
        at = i + 1;
      }
    }
    lines.add(at, line);
  }

  /** Replaces the t= and r= lines by these, in their given order. */
  void putTimes(List<SdpLine> times) {
    for (SdpLine line : times) {
      if (line.type() != 't' && line.type() != 'r') {
        throw new IllegalArgumentException("neither t= nor r=: " + line);
      }
    }
    removeIf(line -> line.type() == 't' || line.type() == 'r');
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      at = rank(lines.get(i).type()) < rank('t') ? i + 1 : at;
    }
    lines.addAll(at, times);
  }

  void removeIf(Predicate<SdpLine> which) {
    lines.removeIf(which);
  }

  void removeAttribute(String name) {
    lines.removeIf(line -> line.isAttribute(name));
  }

  List<SdpLine> toLines() {
    return List.copyOf(lines);
  }

  private void replace(SdpLine line, Predicate<SdpLine> which) {
    int at = -1;
    for (int i = 0; i < lines.size() && at < 0; i++) {
      at = which.test(lines.get(i)) ? i : -1;
    }
    if (at < 0) {
      add(line);
      return;
    }
    lines.removeIf(which);
    lines.add(at, line);
  }

  private int rank(char type) {
    int rank = order.indexOf(type);
    return rank < 0 ? order.length() : rank;
  }
}
