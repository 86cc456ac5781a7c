package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModeControlTest {
  private static final int ALL = 0xFF;
  private static final int SOME = 0b1001_0101; // 0, 2, 4, 7

  private static List<Integer> next(ModeControl control, int frames) {
    List<Integer> modes = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      modes.add(control.next());
    }
    return modes;
  }

  @Test
  void beginsWithTheFirstOrTheNearestBelow() {
    assertEquals(List.of(7), next(new ModeControl(ALL, 1, false, 7), 1));
    assertEquals(List.of(4), next(new ModeControl(SOME, 1, false, 6), 1));
    assertEquals(List.of(3), next(new ModeControl(0b1000, 1, false, 1), 1));
  }

  @Test
  void aWishIsFollowedWithTheNextFrame() {
    ModeControl control = new ModeControl(ALL, 1, false, 7);
    next(control, 3);
    control.want(0);
    assertEquals(List.of(0, 0), next(control, 2));
    control.want(6);
    assertEquals(List.of(6), next(control, 1));
  }

  @Test
  void aWishStaysWithinTheSet() {
    ModeControl control = new ModeControl(SOME, 1, false, 7);
    control.want(3);
    assertEquals(List.of(2), next(control, 1));
    control = new ModeControl(0b0110, 1, false, 7);
    control.want(0);
    assertEquals(List.of(1), next(control, 1));
  }

  @Test
  void aPeriodOfTwoIsKept() {
    ModeControl control = new ModeControl(ALL, 2, false, 7);
    control.want(5);
    assertEquals(List.of(5), next(control, 1), "before the first frame nothing has changed");
    control.want(4);
    assertEquals(List.of(5, 4, 4, 4), next(control, 4));
    control.want(1);
    assertEquals(List.of(4, 1), next(control, 2), "three frames of the mode before, so one more");
    control.want(2);
    next(control, 1);
    assertEquals(List.of(2), next(control, 1));
  }

  @Test
  void neighboursAreTakenOneByOne() {
    ModeControl control = new ModeControl(SOME, 1, true, 7);
    next(control, 1);
    control.want(0);
    assertEquals(List.of(4, 2, 0, 0), next(control, 4));
    control.want(7);
    assertEquals(List.of(2, 4, 7, 7), next(control, 4));
  }

  @Test
  void bothRulesTogether() {
    ModeControl control = new ModeControl(SOME, 2, true, 7);
    next(control, 2);
    control.want(0);
    assertEquals(List.of(4, 4, 2, 2, 0, 0), next(control, 6));
  }
}
