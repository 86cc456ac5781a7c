package org.mediacore.bench.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.material.Codecs;
import org.mediacore.bench.platform.NativeProgram;

/** The libopus that codec.opus embeds, called from C with the same frames and settings. */
final class LibopusPeer implements Peer {
  private static final String BITRATE_BPS = "32000";
  private static final String COMPLEXITY = "5";

  private final FrameServer server;
  private final int frames;

  private LibopusPeer(FrameServer server, int frames) {
    this.server = server;
    this.frames = frames;
  }

  /**
   * Starts it.
   *
   * @param frames how many it handles at a time
   * @return empty where there is no compiler
   */
  static Optional<Peer> start(CodecMaterial material, Direction direction, int frames)
      throws IOException {
    Optional<Path> program = NativeProgram.compile("opusframes");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    List<String> command =
        List.of(
            program.get().toString(),
            Codecs.libopus(program.get().getParent()).toString(),
            material.pcm().toString(),
            material.packets().toString(),
            direction.name(),
            BITRATE_BPS,
            COMPLEXITY);
    LibopusPeer peer = new LibopusPeer(new FrameServer(command), frames);
    peer.nsPerFrame(); // fills the caches
    return Optional.of(peer);
  }

  @Override
  public String title() {
    return "libopus from C";
  }

  @Override
  public double nsPerFrame() throws IOException {
    return server.run(frames).ns();
  }

  @Override
  public void close() {
    server.close();
  }
}
