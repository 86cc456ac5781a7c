package org.mediacore.api.codec;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Wishes to a running encoder; what is absent stays as it is.
 *
 * @param bitrateBps payload bits per second
 * @param expectedLossPercent loss that the peer reports, 0..100
 * @param complexity 0 (cheapest) to 10
 * @param inbandFec whether to add redundancy for the frame before
 * @param dtx whether to send nothing in silence
 * @param independentFrame true for: the next frame does not predict from earlier ones, since the
 *     far decoder has not had them; holds for one frame
 */
public record EncoderTuning(
    OptionalInt bitrateBps,
    OptionalInt expectedLossPercent,
    OptionalInt complexity,
    Optional<Boolean> inbandFec,
    Optional<Boolean> dtx,
    Optional<Boolean> independentFrame) {

  /** Nothing wished. */
  public static final EncoderTuning NONE = builder().build();

  public EncoderTuning {
    if (bitrateBps.isPresent() && bitrateBps.getAsInt() < 1) {
      throw new IllegalArgumentException("bitrateBps must be positive: " + bitrateBps.getAsInt());
    }
    requireRange("expectedLossPercent", expectedLossPercent, 100);
    requireRange("complexity", complexity, 10);
  }

  private static void requireRange(String name, OptionalInt value, int max) {
    if (value.isPresent() && (value.getAsInt() < 0 || value.getAsInt() > max)) {
      throw new IllegalArgumentException(name + " must be 0.." + max + ": " + value.getAsInt());
    }
  }

  /** Starts with nothing wished. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects wishes. */
  public static final class Builder {
    private OptionalInt bitrateBps = OptionalInt.empty();
    private OptionalInt expectedLossPercent = OptionalInt.empty();
    private OptionalInt complexity = OptionalInt.empty();
    private Optional<Boolean> inbandFec = Optional.empty();
    private Optional<Boolean> dtx = Optional.empty();
    private Optional<Boolean> independentFrame = Optional.empty();

    private Builder() {}

    public Builder bitrateBps(int value) {
      bitrateBps = OptionalInt.of(value);
      return this;
    }

    public Builder expectedLossPercent(int value) {
      expectedLossPercent = OptionalInt.of(value);
      return this;
    }

    public Builder complexity(int value) {
      complexity = OptionalInt.of(value);
      return this;
    }

    public Builder inbandFec(boolean value) {
      inbandFec = Optional.of(value);
      return this;
    }

    public Builder dtx(boolean value) {
      dtx = Optional.of(value);
      return this;
    }

    public Builder independentFrame(boolean value) {
      independentFrame = Optional.of(value);
      return this;
    }

    public EncoderTuning build() {
      return new EncoderTuning(
          bitrateBps, expectedLossPercent, complexity, inbandFec, dtx, independentFrame);
    }
  }
}
