/*
 * libopus and nothing else: half of a codec, frames when told.
 * usage: opusframes LIBRARY PCM PACKETS ENCODE|DECODE BITRATE COMPLEXITY
 *   PCM: 48 kHz mono, 16 bits in this machine's order, frames of 960 samples
 *   PACKETS: each with its length in front, two bytes, most significant first
 * Says "ready"; for each line with a number of frames answers with their CPU time in ns and a 0.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAME 960
#define LONGEST 5760
#define MAX_BYTES 1275
#define VOIP 2048
#define FULL_BAND 1105
#define DEEP_CONCEALMENT 5

typedef void *create_encoder(int32_t, int, int, int *);
typedef void *create_decoder(int32_t, int, int *);
typedef int control(void *, int, ...);
typedef int32_t encode(void *, const int16_t *, int, unsigned char *, int32_t);
typedef int decode(void *, const unsigned char *, int32_t, int16_t *, int, int);

static void fail(const char *what) {
  fprintf(stderr, "opusframes: %s\n", what);
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

/* As codec.opus sets it up: bit rate, bandwidth, VBR, complexity, FEC, loss, DTX. */
static void *new_encoder(void *lib, int bitrate, int complexity) {
  int settings[][2] = {{4002, bitrate}, {4004, FULL_BAND}, {4006, 1}, {4010, complexity},
                       {4012, 0},       {4014, 0},         {4016, 0}};
  control *set = (control *)symbol(lib, "opus_encoder_ctl");
  int error;
  void *made = ((create_encoder *)symbol(lib, "opus_encoder_create"))(48000, 1, VOIP, &error);
  if (error) fail("encoder");
  for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++)
    if (set(made, settings[i][0], settings[i][1])) fail("setting");
  return made;
}

static int length_at(const uint8_t *packet) { return packet[0] << 8 | packet[1]; }

int main(int count, char **words) {
  if (count != 7) fail("usage: LIBRARY PCM PACKETS ENCODE|DECODE BITRATE COMPLEXITY");
  void *lib = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (!lib) fail(dlerror());
  encode *run_encode = (encode *)symbol(lib, "opus_encode");
  decode *run_decode = (decode *)symbol(lib, "opus_decode");
  long pcm_bytes, packet_bytes;
  int16_t *pcm = (int16_t *)slurp(words[2], &pcm_bytes);
  uint8_t *packets = slurp(words[3], &packet_bytes);
  int frames = pcm_bytes / (2 * FRAME), number = 0, error, at = 0, todo;
  uint8_t **starts = calloc(frames, sizeof *starts);
  for (long from = 0; from < packet_bytes && number < frames; from += 2 + length_at(packets + from))
    starts[number++] = packets + from;
  if (!number || number < frames) fail("fewer packets than frames");
  int encodes = !strcmp(words[4], "ENCODE");
  void *encoder = new_encoder(lib, atoi(words[5]), atoi(words[6]));
  void *decoder = ((create_decoder *)symbol(lib, "opus_decoder_create"))(48000, 1, &error);
  if (error) fail("decoder");
  if (((control *)symbol(lib, "opus_decoder_ctl"))(decoder, 4010, DEEP_CONCEALMENT)) fail("setting");
  unsigned char out[MAX_BYTES];
  int16_t heard[LONGEST];
  puts("ready");
  fflush(stdout);
  while (scanf("%d", &todo) == 1) {
    double began = cpu_ns();
    for (int i = 0; i < todo; i++) {
      at = at + 1 < frames ? at + 1 : 0;
      if (encodes) {
        if (run_encode(encoder, pcm + at * FRAME, FRAME, out, MAX_BYTES) < 1) fail("encode");
      } else {
        const uint8_t *packet = starts[at];
        if (run_decode(decoder, packet + 2, length_at(packet), heard, LONGEST, 0) != FRAME)
          fail("decode");
      }
    }
    printf("%.0f 0\n", cpu_ns() - began);
    fflush(stdout);
  }
  return 0;
}
