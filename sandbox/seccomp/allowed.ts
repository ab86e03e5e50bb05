/** System calls that a step may make whatever their arguments, by what they are for. */
export const allowed = {
  files: `read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range dup dup2 dup3 lseek
    stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getcwd chdir fchdir rename renameat
    renameat2 link linkat symlink symlinkat unlink unlinkat rmdir ftruncate fallocate fadvise64 readahead flock fsync
    fdatasync sync_file_range syncfs copy_file_range sendfile splice tee getdents getdents64 statfs fstatfs umask
    cachestat`,
  memory: `mmap mprotect munmap mremap brk madvise mincore msync mlock mlock2 munlock mlockall munlockall pkey_alloc pkey_free
    pkey_mprotect get_mempolicy set_mempolicy mbind membarrier mseal map_shadow_stack`,
  processes: `fork vfork execve execveat exit exit_group wait4 waitid getpid getppid gettid set_tid_address setsid getsid setpgid
    getpgid getpgrp getrusage times sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_getattr
    sched_get_priority_max sched_get_priority_min sched_rr_get_interval getpriority ioprio_get getrlimit pidfd_open
    restart_syscall arch_prctl rseq set_robust_list get_robust_list getcpu uname sysinfo getrandom`,
  identity: `getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid setregid setresuid setresgid
    setfsuid setfsgid setgroups capget capset landlock_create_ruleset landlock_add_rule landlock_restrict_self`,
  signals: `rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause
    signalfd signalfd4`,
  time: `nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time alarm setitimer getitimer timer_create
    timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_gettime`,
  waiting: `poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 epoll_wait_old
    epoll_ctl_old eventfd eventfd2 pipe pipe2 futex futex_waitv futex_wake futex_wait futex_requeue`,
  sockets: `accept accept4 getsockname getpeername getsockopt setsockopt shutdown recvfrom recvmsg recvmmsg`,
} as const;

/** Answered as if the kernel did not have them: programs know an older way, and a filter cannot read what they point at. */
export const absent = `clone3 openat2 fchmodat2 memfd_create memfd_secret io_uring_setup io_uring_enter io_uring_register io_setup
  io_submit io_cancel io_destroy io_getevents io_pgetevents setxattrat getxattrat listxattrat removexattrat open_tree_attr
  file_getattr file_setattr lsm_get_self_attr lsm_set_self_attr lsm_list_modules`;

/** Extended attributes: Landlock has no right for them, and programs take them as something a file system may lack. */
export const attributes = `setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr
  lremovexattr fremovexattr`;
