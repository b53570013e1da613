/* Counts what a process changes on disk below one directory, and kills it at the n-th change.
 *
 * Preloaded, it stands before the C library, so that nothing is passed over: neither what Python
 * writes nor what ObjectBox does. crash_arm() begins the counting; crash_note() counts what its
 * caller does in memory as one change more. Before a process is killed, one line says where:
 * number, "before", "half" or "after", what, and the path, with tabs between them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BEFORE, HALF, AFTER };
static const char *const MOMENTS[] = {"before", "half", "after"};

static char root[PATH_MAX];
static size_t root_length;
static int report = -1;
static long fatal;
static char only[32];
static int moment;
static long count;

/* Count the changes whose name begins with a word; "" for all. */
void crash_arm(const char *directory, int fd, long nth, int when, const char *word) {
    snprintf(only, sizeof only, "%s", word);
    snprintf(root, sizeof root, "%s", directory);
    root_length = strlen(root);
    report = fd;
    fatal = nth;
    moment = when;
    count = 0;
}

long crash_count(void) { return __atomic_load_n(&count, __ATOMIC_SEQ_CST); }

static void die(long number, const char *what, const char *path) {
    char line[PATH_MAX + 100];
    int length = snprintf(line, sizeof line, "%ld\t%s\t%s\t%s\n", number, MOMENTS[moment], what, path);
    if (report >= 0) syscall(SYS_write, report, line, length);
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* Return the number of a change, 0 where it does not count; end here where it is the fatal one. */
static long enter(const char *what, const char *path) {
    if (!root_length || strncmp(path, root, root_length)) return 0;
    if (strncmp(what, only, strlen(only))) return 0;
    long number = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (number == fatal && moment == BEFORE) die(number, what, path);
    return number;
}

static void leave(long number, const char *what, const char *path) {
    if (number && number == fatal && moment != BEFORE) die(number, what, path);
}

static int is_half(long number) { return number && number == fatal && moment == HALF; }

static void place(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
}

static void place_at(int fd, const char *name, char *path) {
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
        return;
    }
    if (fd == AT_FDCWD) {
        if (syscall(SYS_getcwd, path, PATH_MAX) < 0) path[0] = 0;
    } else {
        place(fd, path);
    }
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
}

void crash_note(const char *what) { enter(what, root); }

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* A change of what an open file holds. */
#define BY_FD(what, fd, call) \
    if (!root_length) return call; \
    char path[PATH_MAX]; \
    place(fd, path); \
    long number = enter(what, path); \
    __typeof__(call) result = call; \
    leave(number, what, path); \
    return result

/* A change of a directory. */
#define BY_NAME(what, fd, name, call) \
    if (!root_length) return call; \
    char path[PATH_MAX]; \
    place_at(fd, name, path); \
    long number = enter(what, path); \
    __typeof__(call) result = call; \
    leave(number, what, path); \
    return result

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!root_length || fd == report) return real(fd, data, size);
    char path[PATH_MAX];
    place(fd, path);
    long number = enter("write", path);
    ssize_t result = real(fd, data, is_half(number) ? size / 2 : size);
    leave(number, "write", path);
    return result;
}

ssize_t writev(int fd, const struct iovec *parts, int parts_count) {
    REAL(writev);
    if (!root_length) return real(fd, parts, parts_count);
    char path[PATH_MAX];
    place(fd, path);
    long number = enter("writev", path);
    ssize_t result = 0;
    /* Half of it is whole pages. */
    int wanted = is_half(number) ? parts_count / 2 : parts_count;
    if (wanted) result = real(fd, parts, wanted);
    leave(number, "writev", path);
    return result;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    BY_FD("pwrite", fd, real(fd, data, size, at));
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    BY_FD("pwrite", fd, real(fd, data, size, at));
}
ssize_t sendfile(int fd, int source, off_t *at, size_t size) {
    REAL(sendfile);
    BY_FD("sendfile", fd, real(fd, source, at, size));
}
ssize_t sendfile64(int fd, int source, off64_t *at, size_t size) {
    REAL(sendfile64);
    BY_FD("sendfile", fd, real(fd, source, at, size));
}
int fsync(int fd) {
    REAL(fsync);
    BY_FD("fsync", fd, real(fd));
}
int fdatasync(int fd) {
    REAL(fdatasync);
    BY_FD("fdatasync", fd, real(fd));
}
int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    BY_FD("truncate", fd, real(fd, size));
}
int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    BY_FD("truncate", fd, real(fd, size));
}

int rename(const char *from, const char *to) {
    REAL(rename);
    BY_NAME("rename", AT_FDCWD, to, real(from, to));
}
int renameat(int from_fd, const char *from, int fd, const char *to) {
    REAL(renameat);
    BY_NAME("rename", fd, to, real(from_fd, from, fd, to));
}
int unlink(const char *name) {
    REAL(unlink);
    BY_NAME("unlink", AT_FDCWD, name, real(name));
}
int unlinkat(int fd, const char *name, int flags) {
    REAL(unlinkat);
    BY_NAME(flags & AT_REMOVEDIR ? "rmdir" : "unlink", fd, name, real(fd, name, flags));
}
int rmdir(const char *name) {
    REAL(rmdir);
    BY_NAME("rmdir", AT_FDCWD, name, real(name));
}
int mkdir(const char *name, mode_t mode) {
    REAL(mkdir);
    BY_NAME("mkdir", AT_FDCWD, name, real(name, mode));
}
int mkdirat(int fd, const char *name, mode_t mode) {
    REAL(mkdirat);
    BY_NAME("mkdir", fd, name, real(fd, name, mode));
}

/* Opening a file counts where it may make or empty one. */
#define OPENED(function, fd, name, flags, call) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    } \
    REAL(function); \
    if (!((flags) & (O_CREAT | O_TRUNC))) return call; \
    BY_NAME("create", fd, name, call)

int open(const char *name, int flags, ...) {
    OPENED(open, AT_FDCWD, name, flags, real(name, flags, mode));
}
int open64(const char *name, int flags, ...) {
    OPENED(open64, AT_FDCWD, name, flags, real(name, flags, mode));
}
int openat(int fd, const char *name, int flags, ...) {
    OPENED(openat, fd, name, flags, real(fd, name, flags, mode));
}
int openat64(int fd, const char *name, int flags, ...) {
    OPENED(openat64, fd, name, flags, real(fd, name, flags, mode));
}
