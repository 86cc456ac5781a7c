/*
 * The least that a relay of RTP does: epoll, recvfrom, a new header, sendto.
 * usage: relay ADDRESS FIRST_PORT LEGS; leg i is at FIRST_PORT + 2i, legs 2k and 2k+1 are joined.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define EVENTS 256
#define RTP_HEADER 12

struct leg {
  int fd;
  int known;                /* whether a packet came: its sender is the peer */
  struct sockaddr_in peer;
  uint32_t ssrc, source_ssrc, timestamp_offset;
  uint16_t sequence_offset;
};

static struct leg *legs;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void open_leg(struct leg *leg, const char *address, int port) {
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port)};
  if (inet_pton(AF_INET, address, &local.sin_addr) != 1) fail(address);
  leg->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (leg->fd < 0 || bind(leg->fd, (struct sockaddr *)&local, sizeof local) < 0) fail("bind");
  leg->ssrc = random();
}

/* RFC 3550 section 5.1: own SSRC; sequence and timestamp are shifted by what they began with. */
static void rewrite(struct leg *to, uint8_t *packet) {
  uint16_t sequence;
  uint32_t timestamp, ssrc;
  memcpy(&sequence, packet + 2, 2);
  memcpy(&timestamp, packet + 4, 4);
  memcpy(&ssrc, packet + 8, 4);
  if (ssrc != to->source_ssrc) {
    to->source_ssrc = ssrc;
    to->sequence_offset = random() - ntohs(sequence);
    to->timestamp_offset = random() - ntohl(timestamp);
  }
  sequence = htons(ntohs(sequence) + to->sequence_offset);
  timestamp = htonl(ntohl(timestamp) + to->timestamp_offset);
  memcpy(packet + 2, &sequence, 2);
  memcpy(packet + 4, &timestamp, 4);
  memcpy(packet + 8, &to->ssrc, 4);
}

/* One packet for each readiness: with epoll reporting levels, none is forgotten. */
static void relay(int index) {
  uint8_t packet[2048];
  struct leg *from = &legs[index], *to = &legs[index ^ 1];
  struct sockaddr_in sender;
  socklen_t length = sizeof sender;
  ssize_t bytes = recvfrom(from->fd, packet, sizeof packet, 0, (struct sockaddr *)&sender, &length);
  if (bytes < RTP_HEADER || (packet[0] & 0xC0) != 0x80) return;
  if (!from->known) {
    from->peer = sender;
    from->known = 1;
  }
  if (sender.sin_port != from->peer.sin_port) return;
  if (sender.sin_addr.s_addr != from->peer.sin_addr.s_addr) return;
  if (!to->known) return;
  rewrite(to, packet);
  sendto(to->fd, packet, bytes, 0, (struct sockaddr *)&to->peer, sizeof to->peer);
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "usage: relay ADDRESS FIRST_PORT LEGS\n");
    return 2;
  }
  int first = atoi(words[2]), number = atoi(words[3]);
  struct epoll_event events[EVENTS];
  int poll = epoll_create1(0);
  legs = calloc(number, sizeof *legs);
  for (int i = 0; i < number; i++) {
    open_leg(&legs[i], words[1], first + 2 * i);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, legs[i].fd, &event) < 0) fail("epoll_ctl");
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    int ready = epoll_wait(poll, events, EVENTS, -1);
    if (ready < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < ready; i++) relay(events[i].data.u32);
  }
}
