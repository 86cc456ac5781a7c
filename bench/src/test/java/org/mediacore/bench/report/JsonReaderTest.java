package org.mediacore.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsWhatIsWritten() throws IOException {
    Map<String, Object> value =
        Map.of("a \"b\" \\ \n µ", List.of(1.0, -2.5e-9, true, Map.of(), List.of()), "c", "");
    assertEquals(value, JsonReader.read(Json.text(value)));
  }

  @Test
  void readsSpaceAndEscapes() throws IOException {
    assertEquals(
        List.of(1.0, "\u00b5/\t", false), JsonReader.read(" [ 1 , \"\\u00b5\\/\\t\" ,\nfalse ] "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "\"open",
        "\"\\",
        "\"\\u00g0\"",
        "\"\\u0",
        "tru",
        "null",
        "-",
        "1 2",
        "[1]]"
      })
  void refusesWhatIsNotJson(String text) {
    assertThrows(IOException.class, () -> JsonReader.read(text));
  }

  @Test
  void refusesEndlessNesting() {
    assertThrows(IOException.class, () -> JsonReader.read("[".repeat(100_000)));
  }
}
