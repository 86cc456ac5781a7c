package org.mediacore.endpoint.standard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mediacore.api.file.MediaFileFormat;
import org.osgi.framework.Version;

/**
 * The file formats that are there now, the better first: higher ranking, then higher bundle
 * version, then older service. What one of them has opened outlives its removal. Safe for several
 * threads.
 */
final class InstalledFormats {
  private static final Comparator<Entry> BETTER_FIRST =
      Comparator.comparingInt(Entry::ranking)
          .thenComparing(Entry::version)
          .reversed()
          .thenComparingLong(Entry::serviceId);

  private record Entry(MediaFileFormat format, int ranking, Version version, long serviceId) {}

  private volatile List<Entry> entries = List.of();

  /** Adds a format; {@code version} is its bundle's. */
  synchronized void add(MediaFileFormat format, int ranking, Version version, long serviceId) {
    List<Entry> changed = new ArrayList<>(entries);
    changed.add(new Entry(format, ranking, version, serviceId));
    changed.sort(BETTER_FIRST);
    entries = List.copyOf(changed);
  }

  /** Forgets a service. */
  synchronized void remove(long serviceId) {
    entries = entries.stream().filter(entry -> entry.serviceId() != serviceId).toList();
  }

  /** The formats, the better first. */
  List<MediaFileFormat> now() {
    return entries.stream().map(Entry::format).toList();
  }
}
