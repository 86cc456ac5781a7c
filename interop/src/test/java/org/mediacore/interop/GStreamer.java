package org.mediacore.interop;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What of GStreamer a test needs: elements lie in several packages. */
enum GStreamer {
  AMR_DECODERS("sdpdemux", "rtpamrdepay", "amrnbdec", "amrwbdec", "audioconvert", "wavenc"),
  AMR_ENCODERS("audiotestsrc", "amrnbenc", "voamrwbenc", "rtpamrpay", "udpsink"),
  AAC_ENCODERS("audiotestsrc", "voaacenc", "rtpmp4apay", "rtpmp4gpay", "udpsink");

  private static final int SECONDS = 20;

  private final List<String> elements;

  GStreamer(String... elements) {
    this.elements = Arrays.asList(elements);
  }

  /** Skips (or fails) the calling test where GStreamer or one of the elements is missing. */
  void require() {
    Peers.GSTREAMER.require();
    for (String element : elements) {
      if (!isThere(element)) {
        String message =
            ("GStreamer has no " + element + ": Debian package " + debianPackage(element));
        if ("required".equals(System.getenv(Peers.VARIABLE))) {
          Assertions.fail(message + " (" + Peers.VARIABLE + "=required)");
        }
        Assumptions.abort(message);
      }
    }
  }

  private static String debianPackage(String element) {
    return switch (element) {
      case "audiotestsrc", "audioconvert" -> "gstreamer1.0-plugins-base";
      case "sdpdemux", "voamrwbenc", "voaacenc" -> "gstreamer1.0-plugins-bad";
      case "amrnbdec", "amrnbenc", "amrwbdec" -> "gstreamer1.0-plugins-ugly";
      default -> "gstreamer1.0-plugins-good";
    };
  }

  private static boolean isThere(String element) {
    try {
      Process inspect =
          new ProcessBuilder("gst-inspect-1.0", "--exists", element)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!inspect.waitFor(SECONDS, TimeUnit.SECONDS)) {
        inspect.destroyForcibly();
        throw new AssertionError("gst-inspect-1.0 does not end");
      }
      return inspect.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
