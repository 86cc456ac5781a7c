package org.mediacore.ffmpeg.host;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.ffmpeg.CodecSetup;

/** Opens codec contexts. */
final class Contexts {
  private Contexts() {}

  /**
   * An open context; to be freed with {@code avcodec_free_context}, which frees the configuration
   * with it.
   *
   * @param codec null where FFmpeg knows none of that name
   * @param sampleFormat what an encoder is given; -1 for a decoder
   */
  static AVCodecContext open(AVCodec codec, CodecSetup setup, int sampleFormat)
      throws MediaSetupException {
    if (codec == null || codec.isNull()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "this FFmpeg has no such codec", setup.name());
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    if (context == null) {
      throw new MediaSetupException(Reason.RESOURCE_MISSING, "out of memory", setup.name());
    }
    try {
      configure(context, setup, sampleFormat);
      check(avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null), "open", setup);
      return context;
    } catch (MediaSetupException refused) {
      avcodec.avcodec_free_context(context);
      throw refused;
    }
  }

  private static void configure(AVCodecContext context, CodecSetup setup, int sampleFormat)
      throws MediaSetupException {
    context.sample_rate(setup.sampleRateHz());
    avutil.av_channel_layout_default(context.ch_layout(), setup.channels());
    context.thread_count(1);
    if (sampleFormat >= 0) {
      context.sample_fmt(sampleFormat);
    }
    if (setup.bitrateBps() > 0) {
      context.bit_rate(setup.bitrateBps());
    }
    byte[] configuration = setup.configuration();
    if (configuration.length > 0) {
      BytePointer memory =
          new BytePointer(
              avutil.av_mallocz(
                  configuration.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
      memory.put(configuration, 0, configuration.length);
      context.extradata(memory); // freed with the context
      context.extradata_size(configuration.length);
    }
    for (Map.Entry<String, String> option : setup.options().entrySet()) {
      int status =
          avutil.av_opt_set(
              context, option.getKey(), option.getValue(), avutil.AV_OPT_SEARCH_CHILDREN);
      check(status, "set " + option.getKey() + " to " + option.getValue(), setup);
    }
  }

  /** Turns an error of FFmpeg into an exception. */
  static void check(int status, String what, CodecSetup setup) throws MediaSetupException {
    if (status < 0) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "FFmpeg cannot " + what + " (" + text(status) + ")", setup + "");
    }
  }

  private static String text(int status) {
    byte[] text = new byte[128];
    avutil.av_strerror(status, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.US_ASCII);
  }
}
