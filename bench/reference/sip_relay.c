/*
 * The least a process can do to stand between two SIP ends on UDP, to compare a bridged call with: one thread, epoll, one recvfrom and one sendto a message, and a 100 of
 * its own for an INVITE. It understands nothing: it has no transactions, no timers, no state, no media and no record of a call; a lost datagram stays lost.
 *
 *   sip_relay ADDRESS PHONE
 *
 * Listens on ADDRESS:5060. What PHONE sends is an answer: its first Via, which is ours, is taken off and it goes to whoever sent the last request. Everything else is a
 * request: it gets our Via, an INVITE our Record-Route, and goes to PHONE:5060.
 *
 * Says "ready" when it listens; ends on SIGTERM.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIP_PORT 5060
#define EVENTS 16
#define LONGEST 65536
#define HEADERS 512

static struct sockaddr_in own, phone;
static const char *own_text;

static void fail(const char *what)
{
    fprintf(stderr, "sip_relay: %s: %s\n", what, errno ? strerror(errno) : "not understood");
    exit(2);
}

static void read_address(const char *text, struct sockaddr_in *into)
{
    into->sin_family = AF_INET;
    into->sin_port = htons(SIP_PORT);
    errno = 0;
    if (inet_pton(AF_INET, text, &into->sin_addr) != 1) fail(text);
}

static void send_to(int fd, const char *text, size_t length, const struct sockaddr_in *to)
{
    if (sendto(fd, text, length, 0, (const struct sockaddr *)to, sizeof *to) < 0) perror("sip_relay: sendto");
}

/* The end of the line that begins at `line`, behind its line feed; `end` when it has none. */
static char *next_line(char *line, char *end)
{
    char *feed = memchr(line, '\n', (size_t)(end - line));
    return feed ? feed + 1 : end;
}

static char *find_via(char *line, char *end)
{
    for (; line < end; line = next_line(line, end))
        if (end - line > 4 && strncasecmp(line, "Via:", 4) == 0) return line;
    return end;
}

/* 100 Trying: the first line, then those lines of the request a response repeats. */
static void send_trying(int fd, char *request, char *end, const struct sockaddr_in *to)
{
    static const char *repeated[] = { "Via:", "From:", "To:", "Call-ID:", "CSeq:" };
    static char answer[LONGEST + HEADERS];
    size_t length = (size_t)sprintf(answer, "SIP/2.0 100 Trying\r\n");
    for (char *line = next_line(request, end), *after; line < end && *line != '\r'; line = after) {
        after = next_line(line, end);
        for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
            if (strncasecmp(line, repeated[i], strlen(repeated[i])) != 0) continue;
            memcpy(answer + length, line, (size_t)(after - line));
            length += (size_t)(after - line);
        }
    }
    length += (size_t)sprintf(answer + length, "Content-Length: 0\r\n\r\n");
    send_to(fd, answer, length, to);
}

static void relay_request(int fd, char *text, char *end, const struct sockaddr_in *from)
{
    static char out[LONGEST + HEADERS];
    static unsigned long count;
    char *rest = next_line(text, end);
    size_t first = (size_t)(rest - text), length = first;
    int invites = strncmp(text, "INVITE ", 7) == 0;
    if (invites) send_trying(fd, text, end, from);
    memcpy(out, text, first);
    length += (size_t)sprintf(out + length, "Via: SIP/2.0/UDP %s:%d;branch=z9hG4bKrelay%lu\r\n", own_text, SIP_PORT, ++count);
    if (invites) length += (size_t)sprintf(out + length, "Record-Route: <sip:%s;lr>\r\n", own_text);
    memcpy(out + length, rest, (size_t)(end - rest));
    send_to(fd, out, length + (size_t)(end - rest), &phone);
}

/* Takes our Via off: a line of its own, or the first of a list. */
static void relay_answer(int fd, char *text, char *end, const struct sockaddr_in *caller)
{
    char *ours = find_via(next_line(text, end), end), *rest = next_line(ours, end), *comma = memchr(ours, ',', (size_t)(rest - ours));
    if (ours == end) return;
    if (comma) {
        ours += strlen("Via:");
        rest = comma + 1;
    }
    memmove(ours, rest, (size_t)(end - rest));
    send_to(fd, text, (size_t)(end - text) - (size_t)(rest - ours), caller);
}

int main(int argc, char **argv)
{
    static struct epoll_event events[EVENTS];
    static char text[LONGEST + 1];
    struct epoll_event interest = { .events = EPOLLIN };
    struct sockaddr_in caller = { 0 };
    int buffer = 4 << 20;
    if (argc != 3) return 2;
    own_text = argv[1];
    read_address(argv[1], &own);
    read_address(argv[2], &phone);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), epoll = epoll_create1(EPOLL_CLOEXEC);
    if (fd < 0 || epoll < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0) fail("bind");
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest) < 0) fail("epoll_ctl");
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct sockaddr_in from;
        socklen_t from_length = sizeof from;
        if (epoll_wait(epoll, events, EVENTS, -1) < 1) continue;
        ssize_t size = recvfrom(fd, text, LONGEST, 0, (struct sockaddr *)&from, &from_length);
        if (size <= 0) continue;
        text[size] = 0;
        if (from.sin_addr.s_addr == phone.sin_addr.s_addr) relay_answer(fd, text, text + size, &caller);
        else relay_request(fd, text, text + size, &from), caller = from;
    }
}
