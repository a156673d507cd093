import { newFields } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { readProgramMessage } from './index.ts';

function said(program: string, message: string, facility?: string): { [name: string]: unknown } {
  const fields = newFields();
  readProgramMessage(program, facility, message, fields);
  return { ...fields };
}

describe('what programs say', () => {
  it.each([
    [
      'sshd',
      'Accepted publickey for git from 203.0.113.9 port 4711 ssh2: RSA SHA256:abc',
      {
        action: 'accepted',
        auth_method: 'publickey',
        user: 'git',
        src_ip: '203.0.113.9',
        src_port: '4711',
        key: 'RSA SHA256:abc',
      },
    ],
    [
      'sshd',
      'Failed password for invalid user a b from 203.0.113.9 port 4711 ssh2',
      { action: 'failed', user: 'a b', invalid_user: 'invalid user' },
    ],
    [
      'sshd-session',
      'Invalid user  from 203.0.113.9 port 1',
      { action: 'invalid_user', src_ip: '203.0.113.9', log_type: 'sshd' },
    ],
    [
      'sshd',
      'Received disconnect from 2001:db8::7: 11: Bye Bye [preauth]',
      { action: 'disconnected', src_ip: '2001:db8::7', code: '11', reason: 'Bye Bye' },
    ],
    [
      'sshd',
      'error: maximum authentication attempts exceeded for root from 203.0.113.9 port 22 ssh2 [preauth]',
      { action: 'too_many_failures', user: 'root' },
    ],
    [
      'sshd',
      'User eve from 203.0.113.9 not allowed because listed in DenyUsers',
      { action: 'denied', reason: 'listed in DenyUsers' },
    ],
    [
      'sshd',
      'PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9  user=root',
      { action: 'pam_failed', more: '2', src_ip: '203.0.113.9' },
    ],
    [
      'sudo',
      '  alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/sh -c echo a ; id',
      { action: 'command', user: 'alice', USER: 'root', COMMAND: '/bin/sh -c echo a ; id', PWD: '/home/alice' },
    ],
    [
      'sudo',
      'alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/bash',
      { action: 'refused', reason: '3 incorrect password attempts' },
    ],
    [
      'sudo',
      'eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=#-1 ; COMMAND=/bin/id',
      { action: 'refused', USER: '#-1' },
    ],
    ['su', '(to root) eve on pts/3', { action: 'switched', user: 'eve', target_user: 'root' }],
    [
      'pkexec',
      'eve: The value for the SHELL variable was not found the /etc/shells file [USER=root] [TTY=/dev/pts/1] [CWD=/home/eve] [COMMAND=GCONV_PATH=./x PATH=GCONV_PATH=.]',
      { action: 'pkexec', user: 'eve', PWD: '/home/eve' },
    ],
    [
      'login',
      'pam_unix(login:session): session opened for user root(uid=0) by LOGIN(uid=0)',
      { action: 'session_opened', user: 'root', by: 'LOGIN', pam_service: 'login' },
    ],
    [
      'useradd',
      'new user: name=eve, UID=0, GID=0, home=/home/eve, shell=/bin/bash, from=/dev/pts/0',
      { action: 'user_added', user: 'eve', UID: '0', from: '/dev/pts/0' },
    ],
    ['usermod', "add 'eve' to group 'sudo'", { action: 'member_added', user: 'eve', group: 'sudo' }],
    [
      'gpasswd',
      'user eve added by root to group wheel',
      { action: 'member_added', user: 'eve', group: 'wheel', by: 'root' },
    ],
    [
      'systemd-logind',
      'New session 12 of user alice.',
      { action: 'session_opened', session: '12', user: 'alice', log_type: 'login' },
    ],
    ['crontab', '(eve) REPLACE (eve)', { action: 'crontab_replaced', user: 'eve', log_type: 'cron' }],
    [
      'kernel',
      '[  3.14] FW-DROP: IN=eth0 OUT= MAC= SRC=203.0.113.9 DST=10.0.0.1 LEN=40 PROTO=TCP SPT=1 DPT=22 ',
      { log_type: 'packet', action: 'blocked', SRC: '203.0.113.9', dst_port: '22', prefix: 'FW-DROP:' },
    ],
    [
      'kernel',
      'rootkit: loading out-of-tree module taints kernel.',
      { action: 'module_out_of_tree', module: 'rootkit' },
    ],
    ['clamd', '/srv/up/a.php: Php.Webshell.X-1 FOUND', { Filename: '/srv/up/a.php', Signature: 'Php.Webshell.X-1' }],
    [
      'vsftpd',
      '[eve] FAIL LOGIN: Client "::ffff:203.0.113.9"',
      { action: 'ftp_login', result: 'FAIL', src_ip: '203.0.113.9' },
    ],
    [
      'filterlog',
      '5,,,1000,em0,match,block,in,4,0x0,,64,1,0,none,6,tcp,60,203.0.113.9,10.0.0.1,5555,22,0,S,1,,65535,,mss',
      { log_type: 'packet', action: 'blocked', src_ip: '203.0.113.9', dst_port: '22' },
    ],
    ['strange', 'anything', { log_type: 'other' }],
  ])('%s: %s', (program, message, expected) => expect(said(program, message)).toMatchObject(expected));

  it('takes the address that sshd appended, not one inside a name', () => {
    const message = 'Failed password for invalid user root from 192.0.2.1 port 22 ssh2 from 203.0.113.9 port 4711 ssh2';
    expect(said('sshd', message)).toMatchObject({ src_ip: '203.0.113.9', src_port: '4711' });
  });

  it('knows unknown programs by their facility', () => {
    expect(said('newlogin', 'x', 'authpriv')['log_type']).toBe('auth');
  });

  it('stays linear on hostile messages', () => {
    const repeated = [' from 1 port', 'IN=', '[USER=', ' rhost=', ': ', ') ', ' ; A=', "'"];
    for (const program of [
      'sshd',
      'kernel',
      'pkexec',
      'sudo',
      'su',
      'useradd',
      'crond',
      'clamd',
      'dovecot',
      'filterlog',
    ]) {
      for (const piece of repeated) {
        const before = process.cpuUsage().user;
        said(program, piece.repeat(200_000 / piece.length));
        said(program, `authentication failure; logname= uid=0 euid=0 tty= ruser=${piece.repeat(20_000)}`);
        expect(process.cpuUsage(undefined).user - before, `${program} ${piece}`).toBeLessThan(1_000_000);
      }
    }
  });
});
