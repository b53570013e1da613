/* Lets calls of the C library fail for chosen files, as a broken or full disk would.

   The rules are lines of the environment variable INPHOTOS_FAULTS: "CALL ERRNO SKIP PART". From the
   (SKIP + 1)th such call on a path that contains PART on, CALL fails with the number ERRNO. CALL is
   open, read, write, tear, sync, rename, create, list or stat; "tear" is a write of which the first
   brings an odd part of its bytes to the disk before the others fail. And "thread" is the start of
   a thread, whose path is "thread". Built and preloaded by injection.py. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_RULES 16

static atomic_int met[MOST_RULES];

/* Returns the error that a call is to give, 0 for none, and -1 for a write that is to be torn. */
static int fault(const char *call, const char *path) {
    const char *line = getenv("INPHOTOS_FAULTS");
    if (line == NULL || *line == '\0' || path == NULL) return 0;
    for (int rule = 0; rule < MOST_RULES && *line; rule++) {
        char wanted[16], part[PATH_MAX];
        int number, skip;
        if (sscanf(line, "%15s %d %d %4095[^\n]", wanted, &number, &skip, part) == 4) {
            int tears = strcmp(wanted, "tear") == 0 && strcmp(call, "write") == 0;
            if ((tears || strcmp(wanted, call) == 0) && strstr(path, part) != NULL) {
                int before = atomic_fetch_add(&met[rule], 1);
                if (tears && before == skip) return -1;
                if (before >= skip) return number;
            }
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return 0;
}

static int fault_of(const char *call, int fd) {
    const char *rules = getenv("INPHOTOS_FAULTS");
    if (rules == NULL || *rules == '\0') return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return fault(call, path);
}

static int fails(int number) {
    if (number > 0) errno = number;
    return number > 0;
}

static size_t torn(int number, size_t count) {
    return number < 0 && count > 1 ? (count / 2) | 1 : count;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPENS(name)                                                                  \
    int name(const char *path, int flags, ...) {                                     \
        va_list rest;                                                                \
        va_start(rest, flags);                                                       \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;    \
        va_end(rest);                                                                \
        if (fails(fault((flags & O_CREAT) ? "create" : "open", path))) return -1;    \
        return REAL(name)(path, flags, mode);                                        \
    }
OPENS(open)
OPENS(open64)

ssize_t read(int fd, void *buffer, size_t count) {
    if (fails(fault_of("read", fd))) return -1;
    return REAL(read)(fd, buffer, count);
}

ssize_t write(int fd, const void *buffer, size_t count) {
    int number = fault_of("write", fd);
    if (fails(number)) return -1;
    return REAL(write)(fd, buffer, torn(number, count));
}

#define PWRITES(name, offset_type)                                                   \
    ssize_t name(int fd, const void *buffer, size_t count, offset_type offset) {     \
        int number = fault_of("write", fd);                                          \
        if (fails(number)) return -1;                                                \
        return REAL(name)(fd, buffer, torn(number, count), offset);                  \
    }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (fails(fault_of("write", fd))) return -1;
    return REAL(writev)(fd, parts, count);
}

int fsync(int fd) { return fails(fault_of("sync", fd)) ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return fails(fault_of("sync", fd)) ? -1 : REAL(fdatasync)(fd); }

int rename(const char *from, const char *to) {
    return fails(fault("rename", to)) ? -1 : REAL(rename)(from, to);
}

DIR *opendir(const char *path) { return fails(fault("list", path)) ? NULL : REAL(opendir)(path); }

#define STATS(name, buffer_type)                                                     \
    int name(const char *path, buffer_type *buffer) {                                \
        return fails(fault("stat", path)) ? -1 : REAL(name)(path, buffer);           \
    }
STATS(stat, struct stat)
STATS(stat64, struct stat64)
STATS(lstat, struct stat)
STATS(lstat64, struct stat64)

#define STATS_AT(name, buffer_type)                                                  \
    int name(int at, const char *path, buffer_type *buffer, int flags) {             \
        return fails(fault("stat", path)) ? -1 : REAL(name)(at, path, buffer, flags); \
    }
STATS_AT(fstatat, struct stat)
STATS_AT(fstatat64, struct stat64)

int pthread_create(pthread_t *made, const pthread_attr_t *how, void *(*run)(void *), void *with) {
    int number = fault("thread", "thread");
    return number > 0 ? number : REAL(pthread_create)(made, how, run, with);
}
