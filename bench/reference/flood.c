/* Floods TCP listeners from many addresses, in one thread, so that it takes little of the machine it measures on.
   usage: flood SECONDS SPEC...            SPEC is KIND,HOST,PORT,NET,COUNT,RATE
            KIND   slow-http  a request whose head never ends, an octet every two seconds     slow-smtp  the same with a command
                   pipe-http  thousands of requests in one segment, then what comes is read   pipe-smtp  the same with commands
                   tls        a client hello, closed when the server has answered it          churn      connected and closed
            NET    the first three octets of the addresses it comes from: 250 of each third octet, as many as there are connections / 10
            COUNT  connections held at once        RATE  connections made a second at most
          flood -l SECONDS KEEP HOST:PORT...     listens instead, reads what comes, answers nothing, closes after KEEP milliseconds or 16 KiB: what a flood costs when nobody serves it
   prints "full" when all connections of all specs were open for the first time, at the end: opened=N failed=N closed=N peak=N received=N */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum kind { SLOW_HTTP, SLOW_SMTP, PIPE_HTTP, PIPE_SMTP, TLS, CHURN, KINDS };
enum { MAX_SLOTS = 40000, MAX_SPECS = 16, DRIP_US = 2000000, TICK_US = 5000, ANSWER_US = 2000000 };
static const char *names[KINDS] = { "slow-http", "slow-smtp", "pipe-http", "pipe-smtp", "tls", "churn" };
struct spec { enum kind kind; struct sockaddr_in to; uint32_t net; int count, rate, first; double tokens; };
struct slot { int fd, spec, connected; size_t sent; int64_t since; };
static struct spec specs[MAX_SPECS];
static struct slot slots[MAX_SLOTS];
static int slot_count, spec_count, ep, open_now, peak;
static int64_t opened, failed, closed, received;
static char payloads[KINDS][65536];
static size_t lengths[KINDS];
static char waste[65536];

static int64_t now_us(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000LL + t.tv_nsec / 1000; }

static size_t client_hello(unsigned char *out)
{
    static const unsigned char after_name[] = {
        0, 10, 0, 6, 0, 4, 0, 0x1d, 0, 0x17,                                                    /* groups: x25519, secp256r1 */
        0, 13, 0, 14, 0, 12, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 6, 1,                                /* signatures */
        0, 43, 0, 5, 4, 3, 4, 3, 3,                                                             /* versions: 1.3, 1.2 */
        0, 51, 0, 38, 0, 36, 0, 0x1d, 0, 32 };                                                  /* a share of x25519 follows: any 32 octets are one */
    static const char name[] = "www.example";
    unsigned char *p = out + 9;
    *p++ = 3; *p++ = 3;
    for (int i = 0; i < 32; i++) *p++ = i * 7 + 1;
    *p++ = 32;
    for (int i = 0; i < 32; i++) *p++ = i * 5 + 3;
    static const unsigned char suites[] = { 0, 8, 0x13, 1, 0x13, 2, 0xc0, 0x2f, 0xc0, 0x2b, 1, 0 };
    memcpy(p, suites, sizeof suites); p += sizeof suites;
    unsigned char *extensions = p; p += 2;
    size_t n = sizeof name - 1;
    unsigned char sni[] = { 0, 0, 0, n + 5, 0, n + 3, 0, 0, n };
    memcpy(p, sni, sizeof sni); p += sizeof sni; memcpy(p, name, n); p += n;
    memcpy(p, after_name, sizeof after_name); p += sizeof after_name;
    for (int i = 0; i < 32; i++) *p++ = i * 11 + 9;
    size_t length = p - extensions - 2; extensions[0] = length >> 8; extensions[1] = length;
    size_t body = p - out - 9, record = body + 4;
    unsigned char head[] = { 22, 3, 1, record >> 8, record, 1, 0, body >> 8, body };
    memcpy(out, head, sizeof head);
    return p - out;
}

static void fill(enum kind kind, const char *first, const char *again, size_t octets)
{
    strcpy(payloads[kind], first);
    size_t at = strlen(first), step = strlen(again);
    while (step && at + step < octets) { memcpy(payloads[kind] + at, again, step); at += step; }
    lengths[kind] = at;
}

static void payload(void)
{
    fill(SLOW_HTTP, "GET /slow HTTP/1.1\r\nHost: slow.example\r\nX-Slow: ", "", 0);
    fill(SLOW_SMTP, "EHLO slow", "", 0);
    fill(PIPE_HTTP, "", "GET / HTTP/1.1\r\nHost: down.example\r\n\r\n", 60000);
    fill(PIPE_SMTP, "EHLO pipe\r\n", "NOOP\r\n", 60000);
    lengths[TLS] = client_hello((unsigned char *)payloads[TLS]);
    lengths[CHURN] = 0;
}

static void drop(int i)
{
    struct slot *s = &slots[i];
    if (s->fd < 0) return;
    close(s->fd);
    s->fd = -1;
    open_now -= s->connected;
    closed++;
}

static void begin(int i)
{
    struct slot *s = &slots[i];
    struct spec *spec = &specs[s->spec];
    int source = (i - spec->first) / 10, one = 1;
    struct linger at_once = { 1, 0 };
    struct sockaddr_in me = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(spec->net + ((uint32_t)(source / 250) << 8) + 1 + source % 250) };
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (s->fd < 0) { failed++; return; }
    setsockopt(s->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    s->connected = 0; s->sent = 0; s->since = now_us();
    struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u32 = i };
    if (bind(s->fd, (struct sockaddr *)&me, sizeof me) || (connect(s->fd, (struct sockaddr *)&spec->to, sizeof spec->to) && errno != EINPROGRESS) || epoll_ctl(ep, EPOLL_CTL_ADD, s->fd, &e)) {
        failed++; close(s->fd); s->fd = -1;
    }
}

static void serve(int i, uint32_t events)
{
    struct slot *s = &slots[i];
    if (s->fd < 0) return;
    enum kind kind = specs[s->spec].kind;
    if (!s->connected) {
        if (events & (EPOLLERR | EPOLLHUP)) { failed++; closed--; drop(i); return; }
        if (!(events & EPOLLOUT)) return;
        s->connected = 1; opened++;
        if (++open_now > peak) peak = open_now;
        if (kind == CHURN) { drop(i); return; }
    }
    while (s->sent < lengths[kind]) {
        ssize_t n = send(s->fd, payloads[kind] + s->sent, lengths[kind] - s->sent, MSG_NOSIGNAL);
        if (n <= 0) { if (errno != EAGAIN) { drop(i); return; } break; }
        s->sent += n;
    }
    if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR))) return;
    while (1) {
        ssize_t n = recv(s->fd, waste, sizeof waste, 0);
        if (n > 0) { received += n; if (kind == TLS) { drop(i); return; } continue; }
        if (n == 0 || errno != EAGAIN) drop(i);
        return;
    }
}

static int flood(int64_t seconds)
{
    int64_t start = now_us(), last = start, drip = 0, said = 0;
    while (1) {
        struct epoll_event events[512];
        int ready = epoll_wait(ep, events, 512, TICK_US / 1000);
        for (int i = 0; i < ready; i++) serve(events[i].data.u32, events[i].events);
        int64_t t = now_us();
        if (t - start > seconds * 1000000) break;
        if (t - last < TICK_US) continue;
        for (int k = 0; k < spec_count; k++) {
            struct spec *s = &specs[k];
            s->tokens += s->rate * (t - last) / 1e6;
            if (s->tokens > s->rate / 10.0 + 1) s->tokens = s->rate / 10.0 + 1;
            for (int i = s->first; i < s->first + s->count && s->tokens >= 1; i++) {
                /* What is not answered is not waited for: it is a flood. */
                if (slots[i].fd >= 0 && s->kind >= PIPE_HTTP && t - slots[i].since > ANSWER_US) drop(i);
                if (slots[i].fd < 0) { begin(i); s->tokens--; }
            }
        }
        int64_t due = slot_count * (t - last) / DRIP_US + 1;
        for (int64_t n = 0; n < due; n++, drip++) {
            struct slot *s = &slots[drip % slot_count];
            if (s->fd >= 0 && s->connected && specs[s->spec].kind <= SLOW_SMTP && send(s->fd, "x", 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN) drop(drip % slot_count);
        }
        last = t;
        if (!said && open_now == slot_count) { said = 1; printf("full\n"); fflush(stdout); }
    }
    printf("opened=%lld failed=%lld closed=%lld peak=%d received=%lld\n", (long long)opened, (long long)failed, (long long)closed, peak, (long long)received);
    return 0;
}

static int listen_only(int argc, char **argv)
{
    static struct { int is_listener, taken; int64_t since; } held[MAX_SLOTS];
    int64_t start = now_us(), end = start + atoll(argv[2]) * 1000000, keep = atoll(argv[3]) * 1000, look = 0;
    for (int a = 4; a < argc; a++) {
        char host[64]; int port, one = 1;
        if (sscanf(argv[a], "%63[^:]:%d", host, &port) != 2) return 2;
        struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
        inet_pton(AF_INET, host, &at.sin_addr);
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 4096)) { perror(argv[a]); return 1; }
        held[fd].is_listener = 1;
        struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    }
    printf("ready\n"); fflush(stdout);
    while (now_us() < end) {
        struct epoll_event events[512];
        int ready = epoll_wait(ep, events, 512, 50);
        int64_t t = now_us();
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (held[fd].is_listener) {
                int more;
                while ((more = accept4(fd, NULL, NULL, SOCK_NONBLOCK)) >= 0 && more < MAX_SLOTS) {
                    held[more].taken = 0; held[more].since = t; held[more].is_listener = 0;
                    struct epoll_event e = { .events = EPOLLIN, .data.fd = more };
                    epoll_ctl(ep, EPOLL_CTL_ADD, more, &e);
                }
                continue;
            }
            ssize_t n = recv(fd, waste, sizeof waste, 0);
            if (n > 0 && (held[fd].taken += n) < 16384) continue;
            if (n < 0 && errno == EAGAIN) continue;
            held[fd].since = 0; close(fd);
        }
        if (t - look < 100000) continue;
        look = t;
        for (int fd = 0; fd < MAX_SLOTS; fd++) if (held[fd].since && t - held[fd].since > keep) { held[fd].since = 0; close(fd); }
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files); files.rlim_cur = files.rlim_max; setrlimit(RLIMIT_NOFILE, &files);
    ep = epoll_create1(0);
    if (argc >= 5 && !strcmp(argv[1], "-l")) return listen_only(argc, argv);
    if (argc < 3) { fprintf(stderr, "usage: flood SECONDS KIND,HOST,PORT,NET,COUNT,RATE... | flood -l SECONDS KEEP HOST:PORT...\n"); return 2; }
    for (int a = 2; a < argc && spec_count < MAX_SPECS; a++) {
        char kind[32], host[64], net[64]; int port, count, rate; struct in_addr base;
        struct spec *s = &specs[spec_count];
        if (sscanf(argv[a], "%31[^,],%63[^,],%d,%63[^,],%d,%d", kind, host, &port, net, &count, &rate) != 6) { fprintf(stderr, "flood: %s: KIND,HOST,PORT,NET,COUNT,RATE\n", argv[a]); return 2; }
        for (s->kind = 0; s->kind < KINDS && strcmp(names[s->kind], kind); s->kind++) { }
        strcat(net, ".0");
        if (s->kind == KINDS || slot_count + count > MAX_SLOTS || !inet_aton(net, &base)) { fprintf(stderr, "flood: %s\n", argv[a]); return 2; }
        s->to.sin_family = AF_INET; s->to.sin_port = htons(port); inet_pton(AF_INET, host, &s->to.sin_addr);
        s->net = ntohl(base.s_addr); s->count = count; s->rate = rate; s->first = slot_count;
        for (int i = 0; i < count; i++) slots[slot_count++] = (struct slot){ .fd = -1, .spec = spec_count };
        spec_count++;
    }
    payload();
    return flood(atoll(argv[1]));
}
