package org.mediacore.interop;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mediacore.api.codec.CodecParameters;

/**
 * What codecs heard of one another, as a table.
 *
 * @param pairs each codec with each codec, row by row
 */
record CodecMatrix(List<Pair> pairs) {
  /** How long each speaks: whole packets of 20 and of 30 ms. */
  static final Duration CALL = Duration.ofSeconds(3);

  /** Of the tones; full scale is 1. */
  static final double PEAK = 0.25;

  /** The tone of a codec's phone when it calls. */
  static double callersHz(int codec) {
    return 325 + 50 * codec;
  }

  /** The tone of a codec's phone when it joins. */
  static double calleesHz(int codec) {
    return 825 + 50 * codec;
  }

  /**
   * What one phone heard of the other.
   *
   * @param stream the packets that came
   * @param verdict the other's tone in them
   * @param said how long the other spoke
   */
  record Hearing(RtpStream.Decoded stream, ToneJudge.Verdict verdict, Duration said) {}

  /**
   * Two phones in a bridge.
   *
   * @param caller who called first
   * @param callee who joined
   * @param byCaller what the first heard
   * @param byCallee what the second heard
   */
  record Pair(PhoneCodec caller, PhoneCodec callee, Hearing byCaller, Hearing byCallee) {
    @Override
    public String toString() {
      return caller + " calls " + callee;
    }
  }

  /** Both tables, in Markdown. */
  String markdown() {
    return shares() + "\n" + codecs() + "\n" + summary();
  }

  private List<PhoneCodec> names() {
    return pairs.stream().map(Pair::caller).distinct().toList();
  }

  private String shares() {
    StringBuilder text = new StringBuilder("| calls \\ joins |");
    names().forEach(codec -> text.append(' ').append(codec).append(" |"));
    text.append("\n|---|").append("---|".repeat(names().size())).append('\n');
    for (PhoneCodec caller : names()) {
      text.append("| **").append(caller).append("** |");
      pairs.stream()
          .filter(pair -> pair.caller().equals(caller))
          .forEach(
              pair ->
                  text.append(
                      format(
                          " %.1f %.1f |",
                          100 * pair.byCallee().verdict().share(),
                          100 * pair.byCaller().verdict().share())));
      text.append('\n');
    }
    return text.toString();
  }

  private String codecs() {
    StringBuilder text =
        new StringBuilder(
            "| codec | offered as | ms per packet | alone | said | heard | level |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (PhoneCodec codec : names()) {
      CodecParameters agreed = codec.agree(codec.fmtp());
      DoubleSummaryStatistics levels =
          heard(codec).mapToDouble(hearing -> hearing.verdict().levelDbfs()).summaryStatistics();
      String fmtp = codec.fmtp().isEmpty() ? "" : " " + codec.fmtp().toText();
      text.append(
          format(
              "| %s | `%s%s` | %d | %.1f | %.1f | %.1f | %.1f to %.1f |%n",
              codec,
              codec.descriptor().rtpmap(),
              fmtp,
              agreed.frameDurationUs() / 1_000,
              100 * alone(codec),
              100 * least(said(codec)),
              100 * least(heard(codec)),
              levels.getMin(),
              levels.getMax()));
    }
    return text.toString();
  }

  /** What others heard of a codec. */
  private Stream<Hearing> said(PhoneCodec codec) {
    return Stream.concat(
        pairs.stream().filter(pair -> pair.caller().equals(codec)).map(Pair::byCallee),
        pairs.stream().filter(pair -> pair.callee().equals(codec)).map(Pair::byCaller));
  }

  /** What a codec heard of others. */
  private Stream<Hearing> heard(PhoneCodec codec) {
    return Stream.concat(
        pairs.stream().filter(pair -> pair.caller().equals(codec)).map(Pair::byCaller),
        pairs.stream().filter(pair -> pair.callee().equals(codec)).map(Pair::byCallee));
  }

  private static double least(Stream<Hearing> hearings) {
    return hearings.mapToDouble(hearing -> hearing.verdict().share()).min().orElseThrow();
  }

  /** The share that the codec by itself leaves of its two tones. */
  private double alone(PhoneCodec codec) {
    int index = names().indexOf(codec);
    return Math.min(
        codec.aloneShare(callersHz(index), PEAK, CALL),
        codec.aloneShare(calleesHz(index), PEAK, CALL));
  }

  private String summary() {
    List<Hearing> all =
        pairs.stream().flatMap(pair -> Stream.of(pair.byCaller(), pair.byCallee())).toList();
    IntSummaryStatistics lengths =
        all.stream().mapToInt(hearing -> hearing.verdict().lengthMs()).summaryStatistics();
    return format(
        "%d bridges, %d calls: %d gaps, %d packets missing, %d to %d ms heard of %d ms.%n",
        pairs.size(),
        all.size(),
        all.stream().mapToInt(hearing -> hearing.verdict().gaps()).sum(),
        all.stream().mapToInt(hearing -> hearing.stream().missing()).sum(),
        lengths.getMin(),
        lengths.getMax(),
        CALL.toMillis());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
