/* The least that a fan-out can cost: accepts WebSocket readers, and writes each POST's body to all of them.
 *
 * One thread, one frame built once, one send() per reader, no limits, no history, no keepalive. What a real server
 * costs beyond this is its own doing. It answers every handshake with one fixed key: the load generator does not look.
 * Usage: limit PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1 << 17, BODY = 1 << 16 };

static const char SWITCHED[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
static const char ACCEPTED[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

static int readers[MOST], count;
static int place_of[MOST]; /* 1 + the place in readers, 0 for who is none */

static void leave(int fd) {
    if (place_of[fd]) {
        int place = place_of[fd] - 1, last = readers[--count];
        readers[place] = last;
        place_of[last] = place + 1;
        place_of[fd] = 0;
    }
    close(fd);
}

static void send_to_all(const char *body, size_t size) {
    static char frame[BODY + 4];
    size_t head = size < 126 ? 2 : 4;
    frame[0] = (char)0x81;
    frame[1] = (char)(size < 126 ? size : 126);
    if (head == 4) {
        frame[2] = (char)(size >> 8);
        frame[3] = (char)size;
    }
    memcpy(frame + head, body, size);
    for (int place = 0; place < count; place++)
        if (send(readers[place], frame, head + size, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            perror("a reader's line is full");
}

static void post(int fd, char *got, size_t size) {
    char *body = strstr(got, "\r\n\r\n"), *length = strcasestr(got, "content-length:");
    if (!body || !length) {
        leave(fd);
        return;
    }
    body += 4;
    size_t wanted = strtoul(length + 15, NULL, 10);
    while (size - (size_t)(body - got) < wanted && size < BODY) {
        ssize_t more = recv(fd, got + size, BODY - size, 0);
        if (more == 0) return leave(fd);
        if (more > 0) size += (size_t)more;
    }
    send_to_all(body, wanted);
    if (send(fd, ACCEPTED, sizeof ACCEPTED - 1, MSG_NOSIGNAL) < 0) leave(fd);
}

static void take(int fd) {
    static char got[BODY + 1];
    ssize_t size = recv(fd, got, BODY, 0);
    if (size <= 0) {
        leave(fd);
        return;
    }
    got[size] = 0;
    if (place_of[fd]) return; /* whatever a reader says */
    if (!strncmp(got, "POST ", 5)) {
        post(fd, got, (size_t)size);
        return;
    }
    if (send(fd, SWITCHED, sizeof SWITCHED - 1, MSG_NOSIGNAL) < 0) {
        leave(fd);
        return;
    }
    readers[count++] = fd;
    place_of[fd] = count;
}

int main(int argc, char **argv) {
    int port = argc > 1 ? atoi(argv[1]) : 9000, one = 1;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max < MOST ? limit.rlim_max : MOST;
    setrlimit(RLIMIT_NOFILE, &limit);
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), queue = epoll_create1(0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 4096) < 0) {
        perror("listen");
        return 1;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(queue, events, 256, -1);
        for (int number = 0; number < ready; number++) {
            int fd = events[number].data.fd;
            if (fd != listener) {
                take(fd);
                continue;
            }
            while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.events = EPOLLIN;
                event.data.fd = fd;
                epoll_ctl(queue, EPOLL_CTL_ADD, fd, &event);
            }
        }
    }
}
