package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverridesTest {
  @Test
  void valuesComeFromFrameworkProperties() {
    Map<String, String> properties =
        Map.of(
            "org.mediacore.overrides", "org.a/listen org.b.c/max.calls org.a/absent",
            "org.mediacore.override.org.a.listen", "[::1]:5060",
            "org.mediacore.override.org.b.c.max.calls", "7");
    Overrides overrides = Overrides.of(properties::get);
    assertEquals(Set.of("org.a", "org.b.c"), overrides.pids());
    assertEquals(Map.of("listen", "[::1]:5060"), overrides.of("org.a"));
    assertEquals(Map.of("max.calls", "7"), overrides.of("org.b.c"));
    assertEquals(Map.of(), overrides.of("org.d"));
  }

  @Test
  void withoutThePropertyThereAreNone() {
    assertEquals(Set.of(), Overrides.of(name -> null).pids());
  }
}
