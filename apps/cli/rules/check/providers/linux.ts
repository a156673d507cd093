/** What syslog, our own sources and programs' messages say, whatever carried them. */
const MESSAGE = `
  hostname program pid message facility severity log_type timestamp structured_data uptime action node sequence
  addr auth_method backend banner by by_uid channel code comm comm_pid command crontab deny device dst_ip dst_port
  effective_user error euid from group home invalid_user ip key library library_offset logname module more new old
  pam_module pam_service pam_type pf_action prefix protocol proto realm reason rest result rhost ruser session
  session_type shell sp src_host src_ip src_port subsystem tally target_user tty uid unit user what
  COMMAND PWD TTY USER GROUP ENV TSID SRC DST SPT DPT PROTO IN OUT MAC LEN TTL`;

/** systemd.journal-fields(7). */
const JOURNAL = `
  MESSAGE MESSAGE_ID PRIORITY CODE_FILE CODE_LINE CODE_FUNC ERRNO INVOCATION_ID USER_INVOCATION_ID SYSLOG_FACILITY
  SYSLOG_IDENTIFIER SYSLOG_PID SYSLOG_TIMESTAMP SYSLOG_RAW DOCUMENTATION TID UNIT USER_UNIT COREDUMP_UNIT OBJECT_PID
  _PID _UID _GID _COMM _EXE _CMDLINE _CAP_EFFECTIVE _AUDIT_SESSION _AUDIT_LOGINUID _SYSTEMD_CGROUP _SYSTEMD_SLICE
  _SYSTEMD_UNIT _SYSTEMD_USER_UNIT _SYSTEMD_USER_SLICE _SYSTEMD_SESSION _SYSTEMD_OWNER_UID _SYSTEMD_INVOCATION_ID
  _SELINUX_CONTEXT _SOURCE_REALTIME_TIMESTAMP _SOURCE_MONOTONIC_TIMESTAMP _BOOT_ID _MACHINE_ID _HOSTNAME _TRANSPORT
  _STREAM_ID _LINE_BREAK _NAMESPACE _RUNTIME_SCOPE _KERNEL_DEVICE _KERNEL_SUBSYSTEM _UDEV_SYSNAME _UDEV_DEVNODE
  _UDEV_DEVLINK __CURSOR __REALTIME_TIMESTAMP __MONOTONIC_TIMESTAMP __SEQNUM __SEQNUM_ID`;

/** Fields of the audit system's records by the names of its field dictionary; arguments are a0, a1 and so on. */
const AUDIT = `
  acct acl action added addr apparmor arch argc argv audit_backlog_limit audit_backlog_wait_time audit_enabled
  audit_failure audit_pid auid banners bool bus calipso_domain calipso_type cap_fe cap_fi cap_fp cap_frootid cap_fver
  cap_pa cap_pe cap_pi cap_pp capability category cgroup changed cipher class cmd code comm compat cwd daddr data
  default-context dev device dir direction dmac dport egid enforcing entries errno euid exe exit fam family fd fe
  feature fi file flags format fp fsgid fsuid fver gid grantors grp hook hostname icmp_type id igid img-ctx inif ino
  inode inode_gid inode_uid invalid_context ioctlcmd ip ipid ipx-net item items iuid kernel key kind ksize laddr len
  lport list lsm mac macproto maj major minor mode model msg name nametype nargs net new new-chardev new-disk
  new-enabled new-fs new-level new-log_passwd new-mem new-net new-range new-rng new-role new-seuser new-vcpu new_gid
  new_lock new_pe new_pi new_pp nlnk-fam nlnk-grp nlnk-pid oauid obj obj_gid obj_uid objtype ocomm oflag ogid old
  old-auid old-chardev old-disk old-enabled old-fs old-level old-log_passwd old-mem old-net old-range old-rng old-role
  old-seuser old-ses old-vcpu old_enforcing old_lock old_pa old_pe old_pi old_pp old_prom old_val op opid oses ouid
  outif pa parent path paths pe per perm perm_mask permissive pfs pi pid pp ppid printer proctitle prom proto qbytes range
  rdev reason removed res resrc result role rport saddr saddr_fam sauid scontext selected-context seperm seperms seqno
  seresult serial ses seuser sgid sig sigev_signo smac spid sport src state subj success suid syscall table tclass
  tcontext terminal tty type uid unit uri user uuid val ver version virt vm vm-ctx vm-pid watch node log_type
  cmdline comm lport ppid_comm ppid_exe ARCH AUID EGID EUID FSGID FSUID GID ID OAUID OGID OUID SAUID SGID SUID
  SYSCALL UID SADDR`;

/** The most arguments of a program that rules name. */
const ARGUMENTS = 64;

const MESSAGES = `${MESSAGE} ${JOURNAL}`;
const RECORDS = `${AUDIT} ${Array.from({ length: ARGUMENTS }, (_, index) => `a${index}`).join(' ')}`;

/** Kinds of messages of which our sources read known fields; firewalls and appliances, say, name theirs as they like. */
const READ = ['account', 'auth', 'clamav', 'cron', 'guacamole', 'login', 'pkexec', 'sshd', 'su', 'sudo', 'vsftpd'];

/** Fields of records about one thing (our sources' `log_type`); undefined where they are not written down. */
export function linuxFields(logType: string): string | undefined {
  if (logType === 'auditd' || logType === 'execve') return RECORDS;
  return READ.includes(logType) ? MESSAGES : undefined;
}
