/*
 * The smallest relay there can be, to compare ours with: epoll (level triggered), one recv, one sendto per datagram. It learns nothing and looks at nothing.
 *
 *   udp_relay [-l ADDRESS] [-b OCTETS] [-f FILE] [PORT:HOST:PORT PORT:HOST:PORT]...
 *
 * Each entry is a port to bind and the peer beyond it; two entries that follow each other are a pair. What arrives at one port of a pair leaves from the other
 * port to that port's peer. -l is the IPv4 address to bind (127.0.0.1), -b the socket buffers, -f a file of entries, one a line, '#' begins a comment.
 *
 * Says "ready pairs=N" when all ports are bound; on SIGTERM or SIGINT prints "cpu_us=U packets=P dropped=D" and ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PORTS 65536
#define EVENTS 256
#define SIGNALS UINT32_MAX

struct port {
    int fd;
    uint16_t number;
    struct sockaddr_in peer;
};

static struct port ports[MAX_PORTS];
static uint32_t count;

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "udp_relay: %s: %s: %s\n", what, which, errno ? strerror(errno) : "not understood");
    exit(2);
}

static void add(const char *entry)
{
    char host[64];
    unsigned own, theirs;
    errno = 0;
    if (count == MAX_PORTS || sscanf(entry, "%u:%63[^:]:%u", &own, host, &theirs) != 3 || own > 65535 || theirs > 65535) fail("entry", entry);
    struct port *p = &ports[count++];
    p->number = (uint16_t)own;
    p->peer.sin_family = AF_INET;
    p->peer.sin_port = htons((uint16_t)theirs);
    if (inet_pton(AF_INET, host, &p->peer.sin_addr) != 1) fail("peer", entry);
}

static void add_file(const char *name)
{
    char line[256];
    FILE *file = fopen(name, "r");
    if (!file) fail("file", name);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "#\r\n")] = 0;
        if (line[strspn(line, " \t")]) add(line + strspn(line, " \t"));
    }
    fclose(file);
}

static void open_port(struct port *p, const char *address, int buffer, int epoll, uint32_t index)
{
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(p->number) };
    struct epoll_event interest = { .events = EPOLLIN, .data.u32 = index };
    if (inet_pton(AF_INET, address, &local.sin_addr) != 1) fail("address", address);
    p->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (p->fd < 0) fail("socket", address);
    setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(p->fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    if (bind(p->fd, (struct sockaddr *)&local, sizeof local) < 0) fail("bind", address);
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &interest) < 0) fail("epoll_ctl", address);
}

static int open_signals(int epoll)
{
    sigset_t set;
    struct epoll_event interest = { .events = EPOLLIN, .data.u32 = SIGNALS };
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int fd = signalfd(-1, &set, SFD_CLOEXEC);
    if (fd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest) < 0) fail("signalfd", "SIGTERM");
    return fd;
}

static void relay(int epoll)
{
    static struct epoll_event events[EVENTS];
    static char buffer[65536];
    uint64_t packets = 0, dropped = 0;
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.u32 == SIGNALS) {
                struct rusage usage;
                getrusage(RUSAGE_SELF, &usage);
                uint64_t cpu = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
                printf("cpu_us=%llu packets=%llu dropped=%llu\n", (unsigned long long)cpu, (unsigned long long)packets, (unsigned long long)dropped);
                return;
            }
            struct sockaddr_in from;
            socklen_t length = sizeof from;
            ssize_t size = recvfrom(ports[events[i].data.u32].fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
            if (size < 0) continue;
            struct port *out = &ports[events[i].data.u32 ^ 1];
            if (sendto(out->fd, buffer, (size_t)size, 0, (struct sockaddr *)&out->peer, sizeof out->peer) == size) packets++;
            else dropped++;
        }
    }
}

int main(int argc, char **argv)
{
    const char *address = "127.0.0.1";
    int buffer = 262144, option;
    while ((option = getopt(argc, argv, "l:b:f:")) != -1) {
        if (option == 'l') address = optarg;
        else if (option == 'b') buffer = atoi(optarg);
        else if (option == 'f') add_file(optarg);
        else return 2;
    }
    for (; optind < argc; optind++) add(argv[optind]);
    errno = 0;
    if (count == 0 || count % 2) fail("entries", "they come in pairs");
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    open_signals(epoll);
    for (uint32_t i = 0; i < count; i++) open_port(&ports[i], address, buffer, epoll, i);
    printf("ready pairs=%u\n", count / 2);
    fflush(stdout);
    relay(epoll);
    return 0;
}
