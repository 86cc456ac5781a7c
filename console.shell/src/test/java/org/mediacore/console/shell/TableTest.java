package org.mediacore.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table("ID", "NAME").row(10, "a").row(7, "longer");
    assertEquals("ID  NAME\n10  a\n7   longer", table.toString());
  }

  @Test
  void rowHasAsManyCellsAsHeadings() {
    Table table = new Table("ID", "NAME");
    assertThrows(IllegalArgumentException.class, () -> table.row(1));
  }

  @Test
  void ageIsHoursMinutesSeconds() {
    assertEquals("0:00:00", Reports.age(999));
    assertEquals("26:03:04", Reports.age(((26 * 60 + 3) * 60 + 4) * 1000L));
  }
}
