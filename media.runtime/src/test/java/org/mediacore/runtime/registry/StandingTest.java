package org.mediacore.runtime.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class StandingTest {
  private final Standing standing = new Standing();

  private record Some(ProviderInfo info) implements Provider {
    Some(String version) {
      this(new ProviderInfo("bundle", Version.parseVersion(version), 0, 1));
    }

    @Override
    public boolean isLike(Provider other) {
      return other instanceof Some;
    }

    @Override
    public int openInstances() {
      return 0;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  @Test
  void whatIsFoundOutAboutOneThatWentIsNotKept() {
    Some went = new Some("1.0.0");
    standing.forget(went);
    standing.proved(went, "decoding");
    assertFalse(standing.isProved(went, "decoding"));
    assertFalse(standing.quarantine(went, "late"));
    assertEquals(List.of(), standing.quarantined());
  }

  @Test
  void whatIsKnownEndsWhenTheProviderGoes() {
    Some provider = new Some("1.0.0");
    standing.proved(provider, "decoding");
    assertTrue(standing.isProved(provider, "decoding"));
    assertTrue(standing.quarantine(provider, "throws"));
    assertFalse(standing.quarantine(provider, "again"));
    standing.forget(provider);
    assertFalse(standing.isProved(provider, "decoding"));
    assertFalse(standing.isQuarantined(provider));
  }

  @Test
  void holdIsForOneVersionAndEndsWithIt() {
    Some held = new Some("1.1.0");
    assertTrue(standing.hold("bundle", "1.1.0"));
    assertFalse(standing.hold("bundle", "1.1.0"));
    assertTrue(standing.isHeld(held));
    assertFalse(standing.isHeld(new Some("1.0.0")));
    standing.forget(held);
    assertTrue(standing.isHeld(new Some("1.1.0")), "one of its services went, the trial goes on");
    standing.trialEnded("bundle", "1.1.0", true);
    assertTrue(standing.isHeld(held), "it is there still, and was not promoted");
    standing.forget(held);
    assertFalse(standing.isHeld(new Some("1.1.0")));
  }

  @Test
  void holdEndsWithATrialThatNothingCameTo() {
    standing.hold("bundle", "1.1.0");
    standing.trialEnded("bundle", "1.1.0", false);
    assertFalse(standing.isHeld(new Some("1.1.0")));
  }

  @Test
  void quarantinedIsTakenOnlyWhereThereIsNobodyElse() {
    Some newer = new Some("1.1.0");
    Some older = new Some("1.0.0");
    assertSame(newer, standing.better(older, newer));
    standing.quarantine(newer, "throws");
    assertSame(older, standing.better(older, newer));
    standing.quarantine(older, "throws");
    assertSame(newer, standing.better(older, newer));
  }
}
