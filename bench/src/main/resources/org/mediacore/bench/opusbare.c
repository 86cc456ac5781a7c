/*
 * libopus and nothing else: what the frames of calls cost.
 * usage: opusbare LIBRARY PCM PACKETS CALLS ROUNDS BITRATE COMPLEXITY PACE_US
 *   PCM: 48 kHz mono, 16 bits in this machine's order, frames of 960 samples
 *   PACKETS: each with its length in front, two bytes, most significant first
 * Each call has an encoder and a decoder; the calls take turns, one frame each way. With a pace
 * the next turn begins so many microseconds after the one before, as packets arrive.
 * Prints two lines: encode NS and decode NS, CPU time per frame.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FRAME 960
#define LONGEST 5760
#define MAX_BYTES 1275
#define VOIP 2048
#define SET_BITRATE 4002
#define SET_VBR 4006
#define SET_COMPLEXITY 4010
#define DEEP_CONCEALMENT 5

typedef struct encoder encoder;
typedef struct decoder decoder;
typedef encoder *create_encoder(int32_t, int, int, int *);
typedef decoder *create_decoder(int32_t, int, int *);
typedef int control(void *, int, ...);
typedef int32_t encode(encoder *, const int16_t *, int, unsigned char *, int32_t);
typedef int decode(decoder *, const unsigned char *, int32_t, int16_t *, int, int);

static void fail(const char *what) {
  fprintf(stderr, "opusbare: %s\n", what);
  exit(1);
}

static void *symbol(void *library, const char *name) {
  void *found = dlsym(library, name);
  if (!found) fail(name);
  return found;
}

static uint8_t *slurp(const char *file, long *length) {
  FILE *in = fopen(file, "rb");
  if (!in || fseek(in, 0, SEEK_END)) fail(file);
  *length = ftell(in);
  rewind(in);
  uint8_t *bytes = malloc(*length);
  if (!bytes || fread(bytes, 1, *length, in) != (size_t)*length) fail(file);
  fclose(in);
  return bytes;
}

static double now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

static encoder **new_encoders(void *lib, int calls, int bitrate, int complexity) {
  create_encoder *create = (create_encoder *)symbol(lib, "opus_encoder_create");
  control *set = (control *)symbol(lib, "opus_encoder_ctl");
  encoder **encoders = calloc(calls, sizeof *encoders);
  for (int i = 0; i < calls; i++) {
    int error;
    encoders[i] = create(48000, 1, VOIP, &error);
    if (error || set(encoders[i], SET_BITRATE, bitrate) || set(encoders[i], SET_VBR, 1) ||
        set(encoders[i], SET_COMPLEXITY, complexity))
      fail("encoder");
  }
  return encoders;
}

static decoder **new_decoders(void *lib, int calls) {
  create_decoder *create = (create_decoder *)symbol(lib, "opus_decoder_create");
  control *set = (control *)symbol(lib, "opus_decoder_ctl");
  decoder **decoders = calloc(calls, sizeof *decoders);
  for (int i = 0; i < calls; i++) {
    int error;
    decoders[i] = create(48000, 1, &error);
    if (error || set(decoders[i], SET_COMPLEXITY, DEEP_CONCEALMENT)) fail("decoder");
  }
  return decoders;
}

static int length_at(const uint8_t *packet) { return packet[0] << 8 | packet[1]; }

static void wait_until(double ns) {
  struct timespec due = {.tv_sec = ns / 1e9, .tv_nsec = (long)(ns - 1e9 * (long)(ns / 1e9))};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

int main(int count, char **words) {
  if (count != 9) fail("usage: LIBRARY PCM PACKETS CALLS ROUNDS BITRATE COMPLEXITY PACE_US");
  void *lib = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (!lib) fail(dlerror());
  encode *run_encode = (encode *)symbol(lib, "opus_encode");
  decode *run_decode = (decode *)symbol(lib, "opus_decode");
  long pcm_bytes, packet_bytes;
  int16_t *pcm = (int16_t *)slurp(words[2], &pcm_bytes);
  uint8_t *packets = slurp(words[3], &packet_bytes);
  int frames = pcm_bytes / (2 * FRAME), number = 0;
  uint8_t **starts = calloc(frames, sizeof *starts);
  for (long at = 0; at < packet_bytes && number < frames; at += 2 + length_at(packets + at))
    starts[number++] = packets + at;
  if (number < frames) fail("fewer packets than frames");
  int calls = atoi(words[4]), rounds = atoi(words[5]), pace_us = atoi(words[8]);
  encoder **encoders = new_encoders(lib, calls, atoi(words[6]), atoi(words[7]));
  decoder **decoders = new_decoders(lib, calls);
  unsigned char out[MAX_BYTES];
  int16_t heard[LONGEST];
  double encode_ns = 0, decode_ns = 0, due = now_ns(CLOCK_MONOTONIC);
  int warm_up = rounds / 4;
  for (int round = 0; round < warm_up + rounds; round++) {
    for (int i = 0; i < calls; i++) {
      int frame = (i * 7 + round) % frames;
      if (pace_us) wait_until(due += pace_us * 1e3);
      double begin = now_ns(CLOCK_THREAD_CPUTIME_ID);
      if (run_encode(encoders[i], pcm + frame * FRAME, FRAME, out, MAX_BYTES) < 1) fail("encode");
      double middle = now_ns(CLOCK_THREAD_CPUTIME_ID);
      uint8_t *packet = starts[frame];
      if (run_decode(decoders[i], packet + 2, length_at(packet), heard, LONGEST, 0) != FRAME)
        fail("decode");
      double end = now_ns(CLOCK_THREAD_CPUTIME_ID);
      if (round >= warm_up) {
        encode_ns += middle - begin;
        decode_ns += end - middle;
      }
    }
  }
  printf("%.1f\n%.1f\n", encode_ns / rounds / calls, decode_ns / rounds / calls);
  return 0;
}
