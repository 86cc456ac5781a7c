package org.mediacore.api.processing;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a processor is: the name by which sessions ask for it, where in the path it stands, and how
 * much audio it has to hear before it does what it is for.
 *
 * @param name 1 to 32 lower-case letters, digits and hyphens, a letter first, such as {@code gain}
 * @param position which audio it works on
 * @param warmUpMs audio in ms that a fresh instance hears before it takes a call over from another
 *     one, 0 to {@link #MAX_WARM_UP_MS}; what adapts (levels, noise, echo paths) has adapted then
 */
public record ProcessorDescriptor(String name, Position position, int warmUpMs) {
  /** The longest warm-up. */
  public static final int MAX_WARM_UP_MS = 5_000;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Which audio of a session a processor works on. */
  public enum Position {
    /** What the peer says, behind the decoder, in the format that was decoded. */
    RECEIVED,
    /** What the peer hears, before the encoder, in the format that is encoded. */
    SENT
  }

  public ProcessorDescriptor {
    Objects.requireNonNull(position, "position");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must match " + NAME + ": " + name);
    }
    if (warmUpMs < 0 || warmUpMs > MAX_WARM_UP_MS) {
      throw new IllegalArgumentException("warmUpMs must be 0.." + MAX_WARM_UP_MS + ": " + warmUpMs);
    }
  }

  @Override
  public String toString() {
    return name + " on what is " + (position == Position.RECEIVED ? "received" : "sent");
  }
}
