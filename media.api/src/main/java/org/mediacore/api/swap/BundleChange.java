package org.mediacore.api.swap;

import java.util.List;

/**
 * Which versions of a bundle were in {@code home/deploy} before and after a change.
 *
 * @param bundle the symbolic name
 * @param before the versions before, as {@link BundleVersion#version} has them
 * @param after the versions after
 * @param atMs when, in milliseconds since 1970
 */
public record BundleChange(String bundle, List<String> before, List<String> after, long atMs) {
  public BundleChange {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }
}
