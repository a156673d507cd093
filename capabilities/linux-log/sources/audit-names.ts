/** Numbers that the kernel prints where no auditd translates them (linux/audit.h, libaudit.h). */
const RECORD_TYPES = new Map(
  Object.entries({
    1100: 'USER_AUTH',
    1101: 'USER_ACCT',
    1102: 'USER_MGMT',
    1103: 'CRED_ACQ',
    1104: 'CRED_DISP',
    1105: 'USER_START',
    1106: 'USER_END',
    1107: 'USER_AVC',
    1108: 'USER_CHAUTHTOK',
    1109: 'USER_ERR',
    1110: 'CRED_REFR',
    1111: 'USYS_CONFIG',
    1112: 'USER_LOGIN',
    1113: 'USER_LOGOUT',
    1114: 'ADD_USER',
    1115: 'DEL_USER',
    1116: 'ADD_GROUP',
    1117: 'DEL_GROUP',
    1123: 'USER_CMD',
    1124: 'USER_TTY',
    1127: 'SYSTEM_BOOT',
    1128: 'SYSTEM_SHUTDOWN',
    1130: 'SERVICE_START',
    1131: 'SERVICE_STOP',
    1300: 'SYSCALL',
    1302: 'PATH',
    1303: 'IPC',
    1304: 'SOCKETCALL',
    1305: 'CONFIG_CHANGE',
    1306: 'SOCKADDR',
    1307: 'CWD',
    1309: 'EXECVE',
    1318: 'OBJ_PID',
    1319: 'TTY',
    1320: 'EOE',
    1321: 'BPRM_FCAPS',
    1325: 'NETFILTER_CFG',
    1326: 'SECCOMP',
    1327: 'PROCTITLE',
    1330: 'KERN_MODULE',
    1334: 'BPF',
    1400: 'AVC',
    1401: 'SELINUX_ERR',
    1403: 'MAC_POLICY_LOAD',
    1404: 'MAC_STATUS',
    1700: 'ANOM_PROMISCUOUS',
    1701: 'ANOM_ABEND',
  }),
);

/** A record type's name: `1400` and `UNKNOWN[1400]` read as `AVC`. */
export function recordTypeName(type: string): string {
  const number = /^(?:UNKNOWN\[)?(\d{4})\]?$/.exec(type)?.[1];
  return (number !== undefined && RECORD_TYPES.get(number)) || type;
}

/** AUDIT_ARCH_* (linux/audit.h): the ELF machine with the bits for 64-bit and little-endian. */
const ARCHITECTURES = new Map(
  Object.entries({
    c000003e: 'x86_64',
    '40000003': 'i386',
    c00000b7: 'aarch64',
    '40000028': 'arm',
    c0000015: 'ppc64le',
    '80000015': 'ppc64',
    '80000016': 's390x',
    c00000f3: 'riscv64',
  }),
);

/** An architecture's name, as ausearch -i prints it; `undefined` when it is not known. */
export function architectureName(number: string): string | undefined {
  return ARCHITECTURES.get(number.replace(/^0x/, '').toLowerCase());
}
