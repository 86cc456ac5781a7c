/*
 * The media side of many calls: sends each leg's payloads on a schedule and spools all that comes
 * back with the kernel's time. On the loopback interface that is the time of the other's sending, so
 * neither this program's threads nor its scheduling are in it.
 *
 * usage: tonecalls ADDRESS SOCKETS SPOOL WITNESSED_CORE...
 * It opens pairs of ports and says "ports P...", reads "start PLAN" and says "started", sends until it
 * reads "stop", completes the spool and says "sent N lost N priority realtime|nice|normal".
 *
 * PLAN, big-endian 32-bit numbers:
 *   MATERIALS, for each: TICKS PAYLOADS, for each: LENGTH, octets
 *   LEGS, for each: SOCKET REMOTE_PORT PAYLOAD_TYPE SSRC MATERIAL
 *
 * SPOOL, records in the machine's byte order: int32 kind, int32 length, int64 time in ns since 1970, octets
 *   kind >= 0  an RTP packet that leg received; the time is the kernel's
 *   kind -1    when packets were sent: int32 leg, int32 0, int64 times
 *   kind -2    a witness was late: int32 core, int32 0, int64 by how many ns
 *   kind -3    the sender had been behind its schedule, and was no longer: int32 0, int32 0, int64 for how many ns
 * A witness is a thread of the highest priority on a core that wishes to wake half a millisecond after it was
 * awake. When it is late by a fifth of a millisecond or more, the machine gave this core to nobody here. What
 * it missed it does not make up for: where a hypervisor takes a tenth of a millisecond for each timer that is
 * set, it would be the one that keeps the core from all others.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define PACKET 2048
#define PERIOD_NS 20000000LL
#define SLOTS 20 /* of each period: legs send together in groups, once a millisecond */
#define NAP_NS 50000000LL
#define DRAIN_NS 200000000LL
#define MOST_PACKETS 60000 /* 20 minutes: below 65,536, so that sequence numbers never come again */
#define WITNESS_NS 500000LL
#define LATE_NS 200000LL
#define MOST_LATE 2000000
#define BUFFER_BYTES (64 << 20)

struct material { uint32_t ticks, count, *lengths; uint8_t **payloads; };
struct leg {
  int socket, payload_type, material;
  struct sockaddr_in to;
  uint32_t ssrc;
  int64_t *sent_at;
};
struct late { int64_t at, ns; };
struct witness { int core, count; struct late *late; };

static int sockets, *rtp, *rtcp, legs, materials;
static struct leg *leg;
static struct material *material;
static int leg_by_port[65536];
static volatile int stopping, draining;
static uint64_t sent, lost;
static int rounds, behinds;
static struct late *behind;
static FILE *spool;
static const char *priority = "normal";
static struct in_addr address;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void sleep_until(int64_t at) {
  struct timespec t = {at / 1000000000LL, at % 1000000000LL};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) continue;
}

static int open_port(int port) {
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = address};
  int fd = socket(AF_INET, SOCK_DGRAM, 0), bytes = BUFFER_BYTES, yes = 1;
  if (fd < 0) fail("socket");
  if (bind(fd, (struct sockaddr *)&local, sizeof local) < 0) {
    close(fd);
    return -1;
  }
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) < 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes) < 0) fail("SO_TIMESTAMPNS");
  if (setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof yes) < 0) fail("SO_RXQ_OVFL");
  return fd;
}

static void open_ports(void) {
  rtp = calloc(sockets, sizeof *rtp);
  rtcp = calloc(sockets, sizeof *rtcp);
  int opened = 0;
  for (int port = 10000; opened < sockets && port < 19998; port += 2) {
    rtp[opened] = open_port(port);
    rtcp[opened] = open_port(port + 1);
    if (rtp[opened] >= 0 && rtcp[opened] >= 0) {
      opened++;
      continue;
    }
    if (rtp[opened] >= 0) close(rtp[opened]);
    if (rtcp[opened] >= 0) close(rtcp[opened]);
  }
  if (opened < sockets) fail("no free ports");
  printf("ports");
  for (int i = 0; i < sockets; i++) {
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    getsockname(rtp[i], (struct sockaddr *)&local, &length);
    printf(" %d", ntohs(local.sin_port));
  }
  printf("\n");
  fflush(stdout);
}

static uint32_t number(FILE *plan) {
  uint32_t value;
  if (fread(&value, 4, 1, plan) != 1) fail("plan");
  return ntohl(value);
}

static void read_plan(const char *path) {
  FILE *plan = fopen(path, "r");
  if (!plan) fail(path);
  materials = number(plan);
  material = calloc(materials, sizeof *material);
  for (struct material *m = material; m < material + materials; m++) {
    m->ticks = number(plan);
    m->count = number(plan);
    m->lengths = calloc(m->count, sizeof *m->lengths);
    m->payloads = calloc(m->count, sizeof *m->payloads);
    for (uint32_t i = 0; i < m->count; i++) {
      m->lengths[i] = number(plan);
      m->payloads[i] = malloc(m->lengths[i] + 1);
      if (m->lengths[i] > PACKET - 12) fail("payload");
      if (fread(m->payloads[i], 1, m->lengths[i], plan) != m->lengths[i]) fail("plan");
    }
  }
  legs = number(plan);
  leg = calloc(legs, sizeof *leg);
  memset(leg_by_port, -1, sizeof leg_by_port);
  for (int i = 0; i < legs; i++) {
    leg[i].socket = number(plan);
    int port = number(plan);
    leg[i].to.sin_family = AF_INET;
    leg[i].to.sin_port = htons(port);
    leg[i].to.sin_addr = address;
    leg_by_port[port] = i;
    leg[i].payload_type = number(plan);
    leg[i].ssrc = number(plan);
    leg[i].material = number(plan);
    leg[i].sent_at = calloc(MOST_PACKETS, sizeof *leg[i].sent_at);
  }
  fclose(plan);
}

/* RFC 3550 section 5.1: version 2, no padding, extension, CSRC or marker. */
static void send_packet(struct leg *to, int round) {
  uint8_t packet[PACKET] = {0x80, to->payload_type};
  struct material *m = &material[to->material];
  uint32_t payload = round % m->count, length = m->lengths[payload];
  uint16_t sequence = htons(round);
  uint32_t timestamp = htonl(round * m->ticks), ssrc = htonl(to->ssrc);
  memcpy(packet + 2, &sequence, 2);
  memcpy(packet + 4, &timestamp, 4);
  memcpy(packet + 8, &ssrc, 4);
  memcpy(packet + 12, m->payloads[payload], length);
  to->sent_at[round] = now(CLOCK_REALTIME);
  if (sendto(rtp[to->socket], packet, 12 + length, 0, (struct sockaddr *)&to->to, sizeof to->to) < 0) {
    perror("sendto");
  }
  sent++;
}

static void favour(int by) {
  struct sched_param wish = {.sched_priority = by};
  if (sched_setscheduler(0, SCHED_FIFO, &wish) == 0) priority = "realtime";
  else if (setpriority(PRIO_PROCESS, 0, -5) == 0) priority = "nice";
  prctl(PR_SET_TIMERSLACK, 1);
}

/* Takes note of how long sending is late by a fifth of a millisecond or more, from the first slot on that was. */
static void note_late(int64_t due) {
  static int64_t since;
  int64_t at = now(CLOCK_MONOTONIC);
  if (at - due >= LATE_NS) {
    if (!since) since = due;
    return;
  }
  if (since && behinds < MOST_LATE) behind[behinds++] = (struct late){now(CLOCK_REALTIME), at - since};
  since = 0;
}

/* Spread over the slots of each period, by a clock that does not drift. */
static void *send_all(void *start) {
  int64_t from = *(int64_t *)start;
  favour(20);
  for (rounds = 0; !stopping && rounds < MOST_PACKETS; rounds++) {
    for (int slot = 0, i = 0; slot < SLOTS; slot++) {
      int64_t due = from + rounds * PERIOD_NS + slot * PERIOD_NS / SLOTS;
      sleep_until(due);
      note_late(due);
      for (; i < (slot + 1) * legs / SLOTS; i++) send_packet(&leg[i], rounds);
    }
  }
  return NULL;
}

static void put(int32_t kind, int32_t length, int64_t at, const void *octets) {
  fwrite(&kind, 4, 1, spool);
  fwrite(&length, 4, 1, spool);
  fwrite(&at, 8, 1, spool);
  if (fwrite(octets, 1, length, spool) != (size_t)length) fail("spool");
}

static void spool_packet(struct msghdr *message, uint8_t *packet, int length, uint32_t *overflow) {
  struct sockaddr_in *from = message->msg_name;
  int64_t at = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level != SOL_SOCKET) continue;
    if (c->cmsg_type == SO_TIMESTAMPNS) {
      struct timespec t;
      memcpy(&t, CMSG_DATA(c), sizeof t);
      at = t.tv_sec * 1000000000LL + t.tv_nsec;
    } else if (c->cmsg_type == SO_RXQ_OVFL) {
      memcpy(overflow, CMSG_DATA(c), 4);
    }
  }
  int index = leg_by_port[ntohs(from->sin_port)];
  if (index >= 0 && length >= 12 && (packet[1] < 192 || packet[1] > 223)) put(index, length, at, packet);
}

static int receive_some(int fd, int keep, uint32_t *overflow) {
  static uint8_t packets[BATCH][PACKET];
  static char controls[BATCH][256];
  static struct sockaddr_in from[BATCH];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH];
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){packets[i], PACKET};
    struct msghdr header = {&from[i], sizeof from[i], &parts[i], 1, controls[i], sizeof controls[i], 0};
    messages[i].msg_hdr = header;
  }
  int count = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
  for (int i = 0; keep && i < count; i++) {
    spool_packet(&messages[i].msg_hdr, packets[i], messages[i].msg_len, overflow);
  }
  return count > 0 ? count : 0;
}

/*
 * Wakes by its own clock, so that no sender pays for waking it, seldom, and behind all that the platform does:
 * the packets have their times and wait in large buffers.
 */
static void *receive_all(void *unused) {
  (void)unused;
  uint32_t *overflow = calloc(sockets, sizeof *overflow);
  int64_t at = now(CLOCK_MONOTONIC);
  while (!draining) {
    for (int i = 0; i < sockets; i++) {
      while (receive_some(rtp[i], 1, &overflow[i]) == BATCH) continue;
      while (receive_some(rtcp[i], 0, NULL) == BATCH) continue;
    }
    sleep_until(at += NAP_NS);
  }
  for (int i = 0; i < sockets; i++) lost += overflow[i];
  return NULL;
}

static void *watch(void *argument) {
  struct witness *w = argument;
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(w->core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
  favour(50);
  int64_t awake = now(CLOCK_MONOTONIC);
  while (!draining) {
    int64_t due = awake + WITNESS_NS;
    sleep_until(due);
    awake = now(CLOCK_MONOTONIC);
    if (awake - due >= LATE_NS && w->count < MOST_LATE) {
      w->late[w->count++] = (struct late){now(CLOCK_REALTIME), awake - due};
    }
  }
  return NULL;
}

static pthread_t run(void *(*what)(void *), void *argument) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, what, argument) != 0) fail("pthread_create");
  return thread;
}

static void complete(struct witness *witness, int witnesses) {
  for (int i = 0; i < legs; i++) {
    int32_t header[2] = {i, 0};
    int32_t kind = -1, length = 8 + 8 * rounds;
    int64_t none = 0;
    fwrite(&kind, 4, 1, spool);
    fwrite(&length, 4, 1, spool);
    fwrite(&none, 8, 1, spool);
    fwrite(header, 8, 1, spool);
    fwrite(leg[i].sent_at, 8, rounds, spool);
  }
  for (int w = 0; w < witnesses; w++) {
    for (int i = 0; i < witness[w].count; i++) {
      struct { int32_t core, zero; int64_t ns; } record = {witness[w].core, 0, witness[w].late[i].ns};
      put(-2, sizeof record, witness[w].late[i].at, &record);
    }
  }
  for (int i = 0; i < behinds; i++) {
    struct { int32_t zero[2]; int64_t ns; } record = {{0, 0}, behind[i].ns};
    put(-3, sizeof record, behind[i].at, &record);
  }
  if (fclose(spool) != 0) fail("spool");
}

int main(int count, char **words) {
  char line[4096];
  if (count < 4 || inet_pton(AF_INET, words[1], &address) != 1) {
    fprintf(stderr, "usage: tonecalls ADDRESS SOCKETS SPOOL WITNESSED_CORE...\n");
    return 2;
  }
  sockets = atoi(words[2]);
  spool = fopen(words[3], "w");
  if (!spool) fail(words[3]);
  setvbuf(spool, NULL, _IOFBF, 1 << 20);
  open_ports();
  if (!fgets(line, sizeof line, stdin) || strncmp(line, "start ", 6) != 0) return 2;
  line[strcspn(line, "\n")] = 0;
  read_plan(line + 6);
  int witnesses = count - 4 < 64 ? count - 4 : 64;
  struct witness witness[64] = {0};
  pthread_t watching[64];
  for (int i = 0; i < witnesses; i++) {
    witness[i].core = atoi(words[4 + i]);
    witness[i].late = calloc(MOST_LATE, sizeof(struct late));
    watching[i] = run(watch, &witness[i]);
  }
  behind = calloc(MOST_LATE, sizeof *behind);
  int64_t from = now(CLOCK_MONOTONIC) + 5 * PERIOD_NS;
  pthread_t receiving = run(receive_all, NULL), sending = run(send_all, &from);
  puts("started");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) && strcmp(line, "stop\n") != 0) continue;
  stopping = 1;
  pthread_join(sending, NULL);
  sleep_until(now(CLOCK_MONOTONIC) + DRAIN_NS);
  draining = 1;
  pthread_join(receiving, NULL);
  for (int i = 0; i < witnesses; i++) pthread_join(watching[i], NULL);
  complete(witness, witnesses);
  printf("sent %llu lost %llu priority %s\n", (unsigned long long)sent, (unsigned long long)lost, priority);
  return 0;
}
