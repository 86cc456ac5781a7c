package org.mediacore.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * Why a file operation failed, in words: the messages of the JDK are often only the file's name.
 */
final class Reasons {
  private Reasons() {}

  static String of(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (e instanceof AccessDeniedException) {
      return "no permission for " + message;
    }
    if (e instanceof NoSuchFileException) {
      return message + " does not exist";
    }
    if (e instanceof FileAlreadyExistsException) {
      return message + " is not a directory";
    }
    return message.isEmpty() ? e.getClass().getSimpleName() : message;
  }
}
