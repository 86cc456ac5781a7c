package org.mediacore.ffmpeg.host;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FrameEncoder;

/** One {@code AVCodecContext} with a frame and a packet that are used again and again. */
final class NativeEncoder implements FrameEncoder {
  private final AVCodecContext context;
  private final AVPacket packet;
  private final Memory.Addresses packetData;
  private final Memory.Bytes packetBytes = new Memory.Bytes();
  private final AVFrame frame;
  private final Memory.Addresses frameData;
  private final Memory.Shorts frameSamples = new Memory.Shorts();
  private final int samplesPerFrame;
  private final int elements;
  private boolean closed;

  NativeEncoder(CodecSetup setup) throws MediaSetupException {
    context =
        Contexts.open(
            avcodec.avcodec_find_encoder_by_name(setup.name()), setup, avutil.AV_SAMPLE_FMT_S16);
    packet = avcodec.av_packet_alloc();
    frame = avutil.av_frame_alloc();
    samplesPerFrame = context.frame_size();
    elements = samplesPerFrame * setup.channels();
    frame.nb_samples(samplesPerFrame);
    frame.format(avutil.AV_SAMPLE_FMT_S16);
    frame.sample_rate(setup.sampleRateHz());
    avutil.av_channel_layout_default(frame.ch_layout(), setup.channels());
    try {
      Contexts.check(avutil.av_frame_get_buffer(frame, 0), "make a frame", setup);
    } catch (MediaSetupException refused) {
      close();
      throw refused;
    }
    packetData = new Memory.Addresses(packet, "data");
    frameData = new Memory.Addresses(frame, "data");
  }

  @Override
  public int samplesPerFrame() {
    return samplesPerFrame;
  }

  @Override
  public int encode(short[] pcm, int offset, byte[] bytes, int bytesOffset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (offset < 0 || offset > pcm.length - elements || bytesOffset < 0) {
      return MediaStatus.BAD_INPUT;
    }
    // An encoder may still refer to the frame before; then this one gets memory of its own.
    if (avutil.av_frame_make_writable(frame) < 0) {
      return MediaStatus.FAILED;
    }
    frameSamples.at(frameData.get(0)).put(pcm, offset, elements);
    if (avcodec.avcodec_send_frame(context, frame) < 0) {
      return MediaStatus.FAILED;
    }
    int status = avcodec.avcodec_receive_packet(context, packet);
    if (status < 0) {
      return status == avutil.AVERROR_EAGAIN() ? 0 : MediaStatus.FAILED;
    }
    int size = packet.size();
    boolean fits = bytesOffset <= bytes.length - size;
    if (fits) {
      packetBytes.at(packetData.get(0)).get(bytes, bytesOffset, size);
    }
    avcodec.av_packet_unref(packet);
    return fits ? size : MediaStatus.BUFFER_TOO_SMALL;
  }

  @Override
  public void bitrateBps(int bitrateBps) {
    if (!closed) {
      context.bit_rate(bitrateBps);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }
}
