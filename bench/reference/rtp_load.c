/* Plays both ends of many G.711 calls: binds a socket per flow, sends a 172-octet RTP packet on each every 20 ms, spread evenly, and counts what comes back.
   usage: rtp_load SECONDS < flows      a flow is a line "bind-host bind-port dest-host dest-port"
   prints: sent=N received=N late_p50_us=N late_p99_us=N late_p999_us=N (lateness: receive time minus the send time carried in the payload) */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FLOWS = 4096, PACKET = 172, BUCKETS = 200000 };
struct flow { int fd; struct sockaddr_in to; uint16_t sequence; uint32_t timestamp, ssrc; };
static struct flow flows[MAX_FLOWS];
static unsigned lateness[BUCKETS];

static int64_t now_us(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000LL + t.tv_nsec / 1000; }

int main(int argc, char **argv)
{
    if (argc != 2) { fprintf(stderr, "usage: rtp_load SECONDS < flows\n"); return 2; }
    int n = 0, bind_port, to_port, ep = epoll_create1(0);
    char bind_host[64], to_host[64];
    while (n < MAX_FLOWS && scanf("%63s %d %63s %d", bind_host, &bind_port, to_host, &to_port) == 4) {
        struct flow *f = &flows[n];
        struct sockaddr_in me = { .sin_family = AF_INET, .sin_port = htons(bind_port) };
        inet_pton(AF_INET, bind_host, &me.sin_addr);
        f->to.sin_family = AF_INET; f->to.sin_port = htons(to_port); inet_pton(AF_INET, to_host, &f->to.sin_addr);
        f->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        if (bind(f->fd, (struct sockaddr *)&me, sizeof me)) { perror(bind_host); return 1; }
        // A source of its own in every run: a receiver must not take the next run's first packets for late ones of this.
        f->ssrc = ((uint32_t)getpid() << 12) + n; f->sequence = f->ssrc * 2654435761u >> 16; f->timestamp = f->ssrc * 40503u;
        struct epoll_event e = { .events = EPOLLIN, .data.u32 = n };
        epoll_ctl(ep, EPOLL_CTL_ADD, f->fd, &e);
        n++;
    }
    if (n == 0) { fprintf(stderr, "rtp_load: no flows on standard input\n"); return 2; }
    int64_t start = now_us(), end = start + atoll(argv[1]) * 1000000LL, sent = 0, received = 0;
    unsigned char packet[PACKET] = { 0x80, 8 }, in[2048];
    memset(packet + 12, 0xd5, PACKET - 12);
    while (1) {
        int64_t t = now_us(), due = start + sent * 20000 / n;
        if (t >= end + 300000) break;
        if (t < end && t >= due) {
            struct flow *f = &flows[sent % n];
            f->sequence++; f->timestamp += 160;
            packet[2] = f->sequence >> 8; packet[3] = f->sequence;
            uint32_t ts = htonl(f->timestamp); memcpy(packet + 4, &ts, 4); memcpy(packet + 8, &f->ssrc, 4);
            memcpy(packet + 12, &t, 8);
            sendto(f->fd, packet, PACKET, 0, (struct sockaddr *)&f->to, sizeof f->to);
            sent++;
            continue;
        }
        struct epoll_event events[64];
        struct timespec wait = { 0, t < end ? (due - t) * 1000 : 50000000 };
        int ready = epoll_pwait2(ep, events, 64, &wait, NULL);
        for (int i = 0; i < ready; i++) {
            ssize_t got = recv(flows[events[i].data.u32].fd, in, sizeof in, 0);
            if (got < PACKET) continue;
            int64_t then; memcpy(&then, in + 12, 8);
            int64_t late = now_us() - then;
            lateness[late < 0 ? 0 : late >= BUCKETS ? BUCKETS - 1 : late]++;
            received++;
        }
    }
    static const int permille[] = { 500, 990, 999 };
    static const char *const names[] = { "late_p50_us", "late_p99_us", "late_p999_us" };
    printf("sent=%lld received=%lld", (long long)sent, (long long)received);
    for (int p = 0; p < 3; p++) {
        int64_t upto = 0; int at = 0;
        for (int i = 0; i < BUCKETS && upto < received * permille[p] / 1000; i++) { upto += lateness[i]; at = i; }
        printf(" %s=%d", names[p], at);
    }
    printf("\n");
    return 0;
}
