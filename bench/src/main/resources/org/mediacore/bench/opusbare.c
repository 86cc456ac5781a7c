/*
 * libopus and nothing else: what the frames of a call cost.
 * usage: opusbare LIBRARY PCM PACKETS INSTANCES ROUNDS BITRATE COMPLEXITY
 *   PCM: 48 kHz mono, 16 bits in this machine's order, frames of 960 samples
 *   PACKETS: each with its length in front, two bytes, most significant first
 * Each instance takes the next frame in turn, as the calls of a loop do. Prints two lines:
 *   encode NS and decode NS, CPU time per frame.
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

typedef struct encoder encoder;
typedef struct decoder decoder;
typedef encoder *create_encoder(int32_t, int, int, int *);
typedef decoder *create_decoder(int32_t, int, int *);
typedef int control(encoder *, int, ...);
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

static double cpu_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

static double encode_all(void *lib, const int16_t *pcm, int frames, int instances, int rounds,
                         int bitrate, int complexity) {
  create_encoder *create = (create_encoder *)symbol(lib, "opus_encoder_create");
  control *set = (control *)symbol(lib, "opus_encoder_ctl");
  encode *run = (encode *)symbol(lib, "opus_encode");
  encoder **encoders = calloc(instances, sizeof *encoders);
  for (int i = 0; i < instances; i++) {
    int error;
    encoders[i] = create(48000, 1, VOIP, &error);
    if (error || set(encoders[i], SET_BITRATE, bitrate) || set(encoders[i], SET_VBR, 1) ||
        set(encoders[i], SET_COMPLEXITY, complexity))
      fail("encoder");
  }
  unsigned char out[MAX_BYTES];
  double from = 0;
  for (int round = -rounds / 4; round < rounds; round++) {
    if (round == 0) from = cpu_ns();
    for (int i = 0; i < instances; i++) {
      int frame = (i * 7 + round + rounds) % frames;
      if (run(encoders[i], pcm + frame * FRAME, FRAME, out, MAX_BYTES) < 1) fail("encode");
    }
  }
  return (cpu_ns() - from) / ((double)rounds * instances);
}

static double decode_all(void *lib, uint8_t *packets, long length, int instances, int rounds) {
  create_decoder *create = (create_decoder *)symbol(lib, "opus_decoder_create");
  decode *run = (decode *)symbol(lib, "opus_decode");
  decoder **decoders = calloc(instances, sizeof *decoders);
  for (int i = 0; i < instances; i++) {
    int error;
    decoders[i] = create(48000, 1, &error);
    if (error) fail("decoder");
  }
  uint8_t *starts[10000];
  int frames = 0;
  for (long at = 0; at + 2 < length && frames < 10000; at += 2 + (packets[at] << 8 | packets[at + 1]))
    starts[frames++] = packets + at;
  int16_t pcm[LONGEST];
  double from = 0;
  for (int round = -rounds / 4; round < rounds; round++) {
    if (round == 0) from = cpu_ns();
    for (int i = 0; i < instances; i++) {
      uint8_t *packet = starts[(i * 7 + round + rounds) % frames];
      if (run(decoders[i], packet + 2, packet[0] << 8 | packet[1], pcm, LONGEST, 0) != FRAME)
        fail("decode");
    }
  }
  return (cpu_ns() - from) / ((double)rounds * instances);
}

int main(int count, char **words) {
  if (count != 8) fail("usage: LIBRARY PCM PACKETS INSTANCES ROUNDS BITRATE COMPLEXITY");
  void *lib = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (!lib) fail(dlerror());
  long pcm_bytes, packet_bytes;
  int16_t *pcm = (int16_t *)slurp(words[2], &pcm_bytes);
  uint8_t *packets = slurp(words[3], &packet_bytes);
  int instances = atoi(words[4]), rounds = atoi(words[5]);
  printf("%.1f\n", encode_all(lib, pcm, pcm_bytes / (2 * FRAME), instances, rounds,
                              atoi(words[6]), atoi(words[7])));
  printf("%.1f\n", decode_all(lib, packets, packet_bytes, instances, rounds));
  return 0;
}
