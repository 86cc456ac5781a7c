package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What tells one state of a file from another without reading it. */
record FileStamp(long lengthBytes, long modifiedMs, String key) {
  /** The file's state now, or empty when there is no such regular file. */
  static Optional<FileStamp> of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      return Optional.of(
          new FileStamp(
              attributes.size(),
              attributes.lastModifiedTime().toMillis(),
              String.valueOf(attributes.fileKey())));
    } catch (IOException e) {
      return Optional.empty(); // deleted between listing and looking
    }
  }
}
