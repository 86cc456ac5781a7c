package org.mediacore.ffmpeg.host;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FrameDecoder;

/** One {@code AVCodecContext} with a packet and a frame that are used again and again. */
final class NativeDecoder implements FrameDecoder {
  /** Frames that one packet may give; more are garbage that a decoder takes for many frames. */
  private static final int MAX_FRAMES = 16;

  private final byte[] padding = new byte[avcodec.AV_INPUT_BUFFER_PADDING_SIZE];
  private final AVCodecContext context;
  private final AVPacket packet;
  private final BytePointer packetBytes;
  private final AVFrame frame;
  private final AVChannelLayout layout;
  private final PcmReader reader;
  private int sampleRateHz;
  private int channels;
  private boolean closed;

  NativeDecoder(CodecSetup setup) throws MediaSetupException {
    context = Contexts.open(avcodec.avcodec_find_decoder_by_name(setup.name()), setup, -1);
    packet = avcodec.av_packet_alloc();
    frame = avutil.av_frame_alloc();
    try {
      Contexts.check(avcodec.av_new_packet(packet, MAX_PACKET_BYTES), "make a packet", setup);
    } catch (MediaSetupException refused) {
      close();
      throw refused;
    }
    packetBytes = packet.data();
    layout = frame.ch_layout();
    reader = new PcmReader(frame);
    sampleRateHz = setup.sampleRateHz();
    channels = setup.channels();
  }

  @Override
  public int decode(byte[] bytes, int offset, int length, short[] pcm, int pcmOffset) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (length < 1
        || length > MAX_PACKET_BYTES
        || offset < 0
        || offset > bytes.length - length
        || pcmOffset < 0) {
      return MediaStatus.BAD_INPUT;
    }
    packetBytes.position(0).put(bytes, offset, length);
    packetBytes.position(length).put(padding, 0, padding.length);
    packet.size(length);
    int sent = avcodec.avcodec_send_packet(context, packet);
    int samples = receive(pcm, pcmOffset);
    if (sent < 0 && samples >= 0) {
      return sent == avutil.AVERROR_ENOMEM() ? MediaStatus.FAILED : MediaStatus.BAD_INPUT;
    }
    return samples;
  }

  /** Takes what there is, so that nothing of this packet is left when the next one comes. */
  private int receive(short[] pcm, int offset) {
    int total = 0;
    int status = 0;
    for (int i = 0; i < MAX_FRAMES; i++) {
      if (avcodec.avcodec_receive_frame(context, frame) < 0) {
        return status < 0 ? status : total; // nothing more, or what the packet has shown already
      }
      sampleRateHz = frame.sample_rate();
      channels = layout.nb_channels();
      int at = offset + total * channels;
      int read = reader.read(frame.format(), channels, frame.nb_samples(), pcm, at);
      status = read < 0 ? read : status;
      total += Math.max(0, read);
    }
    avcodec.avcodec_flush_buffers(context);
    return MediaStatus.BAD_INPUT;
  }

  @Override
  public int sampleRateHz() {
    return sampleRateHz;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      packet.size(MAX_PACKET_BYTES);
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }
}
