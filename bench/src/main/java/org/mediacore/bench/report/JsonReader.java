package org.mediacore.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) into maps, lists, texts, doubles and truth values; null is refused. */
final class JsonReader {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws IOException where it is not JSON; the message says where
   */
  static Object read(String text) throws IOException {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("nothing more");
    }
    return value;
  }

  private Object value(int depth) throws IOException {
    skipSpace();
    if (depth > MAX_DEPTH || at == text.length()) {
      throw wrong("a value");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> quoted();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    if (accept('}')) {
      return object;
    }
    do {
      skipSpace();
      String name = quoted();
      expect(':');
      object.put(name, value(depth + 1));
    } while (accept(','));
    expect('}');
    return object;
  }

  private List<Object> list(int depth) throws IOException {
    List<Object> list = new ArrayList<>();
    at++;
    if (accept(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
    } while (accept(','));
    expect(']');
    return list;
  }

  private String quoted() throws IOException {
    if (at == text.length() || text.charAt(at) != '"') {
      throw wrong("a text");
    }
    StringBuilder quoted = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      quoted.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
    }
    expect('"');
    return quoted.toString();
  }

  private char escaped() throws IOException {
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escaped character");
    };
  }

  private char unicode() throws IOException {
    String digits = text.substring(at + 1, Math.min(text.length(), at + 5));
    if (!digits.matches("[0-9A-Fa-f]{4}")) {
      throw wrong("four hexadecimal digits");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private Object word(String word, Object meaning) throws IOException {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return meaning;
  }

  private Double number() throws IOException {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException notANumber) {
      at = from;
      throw wrong("a value");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) throws IOException {
    if (!accept(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IOException wrong(String wanted) {
    return new IOException("not JSON: " + wanted + " expected at character " + at);
  }
}
