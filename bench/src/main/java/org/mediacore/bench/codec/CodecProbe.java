package org.mediacore.bench.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mediacore.api.MediaSetupException;

/**
 * One half of one codec in a Java machine of its own, so that no other codec's types and branches
 * are in what was compiled. Arguments: the case, the direction, the folder of the material. Says
 * {@code ready}; for each line with a number of frames answers with their CPU time in ns and the
 * bytes allocated. Ends with its input.
 */
public final class CodecProbe {
  private CodecProbe() {}

  /** Runs it. */
  public static void main(String[] words) throws IOException, MediaSetupException {
    CodecCase codec = CodecCase.valueOf(words[0]);
    Direction direction = Direction.valueOf(words[1]);
    FrameLoop loop = new FrameLoop(codec, direction, new CodecMaterial(codec, Path.of(words[2])));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      FrameLoop.Cost cost = loop.run(Integer.parseInt(line));
      out.println(cost.cpuNs() + " " + cost.bytes());
    }
  }
}
