import { choice, FieldTable, first, joined, path, type Answers } from '@yuheng/engine';
import { account, address, hashes, hexadecimal, integrity, registryData } from './answers.ts';

/*
 * Rule field → OCSF attribute, a table for each kind of event. Only what comes out as the source wrote it stands here: a rule that reads
 * anything else is not asked. `unmapped` is read where OCSF has an attribute that not every mapping fills.
 */

/** Of any event. */
const ANY: Answers = {
  EventID: path('metadata.event_code'),
  Channel: path('metadata.log_name'),
  Provider_Name: path('metadata.log_provider'),
  Computer: path('device.hostname'),
};

/** A Linux audit record of no login has a session all the same. */
const NO_SESSION = ['4294967295', '-1', 'unset'];

/** The process that an event's other attributes are about. */
const ACTOR: Answers = {
  Image: path('actor.process.file.path'),
  CommandLine: path('actor.process.cmd_line'),
  CurrentDirectory: path('actor.process.working_directory'),
  ParentImage: path('actor.process.parent_process.file.path'),
  ParentCommandLine: path('actor.process.parent_process.cmd_line'),
  User: account('actor.user'),
};

/** What a program or library says of itself. */
function aboutFile(file: string): Answers {
  return {
    Hashes: hashes(`${file}.hashes`),
    OriginalFileName: first(path(`${file}.internal_name`), path('unmapped.OriginalFileName')),
    Product: first(path(`${file}.product.name`), path('unmapped.Product')),
    Company: first(path(`${file}.company_name`), path('unmapped.Company')),
    Description: first(path(`${file}.desc`), path('unmapped.Description')),
    FileVersion: first(path(`${file}.version`), path('unmapped.FileVersion')),
  };
}

/** Process Activity: Launch. Who launches is the parent, where that is not told apart. */
export const LAUNCH = new FieldTable('process launch', {
  ...ANY,
  ...aboutFile('process.file'),
  Image: path('process.file.path'),
  CommandLine: path('process.cmd_line'),
  CurrentDirectory: path('process.working_directory'),
  IntegrityLevel: first(integrity('process'), path('unmapped.MandatoryLabel')),
  User: account('process.user'),
  LogonId: path('actor.session.uid', NO_SESSION),
  ParentImage: first(path('process.parent_process.file.path'), path('actor.process.file.path')),
  ParentCommandLine: first(path('process.parent_process.cmd_line'), path('actor.process.cmd_line')),
});

/** Process Activity: Terminate. */
export const TERMINATION = new FieldTable('process termination', {
  ...ANY,
  Image: path('process.file.path'),
  User: account('actor.user'),
});

/** Process Activity: Open and Inject. */
export const BETWEEN_PROCESSES = new FieldTable('process access', {
  ...ANY,
  SourceImage: path('actor.process.file.path'),
  SourceUser: account('actor.user'),
  SourceCommandLine: path('actor.process.cmd_line'),
  SourceParentImage: path('actor.process.parent_process.file.path'),
  TargetImage: path('process.file.path'),
  GrantedAccess: hexadecimal('requested_permissions'),
});

/** Module Activity. */
export const MODULE = new FieldTable('module load', {
  ...ANY,
  ...ACTOR,
  ...aboutFile('module.file'),
  ImageLoaded: path('module.file.path'),
});

/** Kernel Extension Activity. */
export const DRIVER = new FieldTable('driver load', {
  ...ANY,
  ImageLoaded: path('driver.file.path'),
  Hashes: hashes('driver.file.hashes'),
});

/** File System Activity. */
export const FILE = new FieldTable('file', {
  ...ANY,
  ...ACTOR,
  TargetFilename: path('file.path'),
  Hashes: hashes('file.hashes'),
  Hash: hashes('file.hashes'),
});

/** File System Activity with a pipe. */
export const PIPE = new FieldTable('pipe', { ...ANY, ...ACTOR, PipeName: path('file.path') });

/** Registry Key and Registry Value Activity. */
export const REGISTRY = new FieldTable('registry', {
  ...ANY,
  ...ACTOR,
  TargetObject: first(joined('\\', 'reg_value.path', 'reg_value.name'), path('reg_key.path')),
  Details: registryData('reg_value'),
  EventType: choice(
    'type_uid',
    {
      20100101: 'CreateKey',
      20100104: 'DeleteKey',
      20100105: 'RenameKey',
      20100202: 'SetValue',
      20100203: 'SetValue',
      20100204: 'DeleteValue',
    },
    ['CreateValue', 'RenameValue'],
  ),
});

/** Script Activity: PowerShell's script blocks. */
export const SCRIPT = new FieldTable('script', {
  ...ANY,
  ScriptBlockText: path('script.script_content.value'),
  Path: path('script.file.path'),
});

/** Script Activity: PowerShell's modules. */
export const MODULE_CALL = new FieldTable('PowerShell module', {
  ...ANY,
  Payload: path('script.script_content.value'),
});

/** Script Activity: the engine of Windows PowerShell. */
export const CLASSIC_SCRIPT = new FieldTable('classic PowerShell', {
  ...ANY,
  Data: path('script.script_content.value'),
});

/** Network Activity of a process. */
export const CONNECTION = new FieldTable('connection', {
  ...ANY,
  ...ACTOR,
  Initiated: choice('connection_info.direction_id', { 1: 'false', 2: 'true' }),
  Protocol: path('connection_info.protocol_name'),
  SourceIp: path('src_endpoint.ip'),
  SourcePort: path('src_endpoint.port', ['0']),
  SourceHostname: path('src_endpoint.hostname'),
  DestinationIp: path('dst_endpoint.ip'),
  DestinationPort: path('dst_endpoint.port', ['0']),
  DestinationHostname: path('dst_endpoint.hostname'),
});

/** DNS Activity of a process. */
export const QUERY = new FieldTable('query of a process', { ...ANY, ...ACTOR, QueryName: path('query.hostname') });

/** DNS Activity seen on the network. */
export const NETWORK_QUERY = new FieldTable('query on the network', {
  query: path('query.hostname'),
  QueryName: path('query.hostname'),
  src_ip: path('src_endpoint.ip'),
  dst_ip: path('dst_endpoint.ip'),
  dst_port: path('dst_endpoint.port'),
});

/** Methods that OCSF has no word for. */
const UNNAMED_METHODS = [
  'PROPFIND',
  'PROPPATCH',
  'MKCOL',
  'COPY',
  'MOVE',
  'LOCK',
  'UNLOCK',
  'SEARCH',
  'DEBUG',
  'TRACK',
];

/** HTTP Activity. */
export const HTTP = new FieldTable('HTTP', {
  'cs-method': path('http_request.http_method', UNNAMED_METHODS),
  'cs-uri': address('http_request.url', 'uri'),
  'cs-uri-stem': address('http_request.url', 'stem'),
  'cs-uri-query': address('http_request.url', 'query'),
  'cs-user-agent': path('http_request.user_agent'),
  'cs-referer': path('http_request.referrer'),
  'cs-username': path('actor.user.name'),
  'c-ip': path('src_endpoint.ip'),
  'sc-status': path('http_response.code'),
});

/** Who did what an audit event of Windows tells. */
const SUBJECT: Answers = {
  SubjectUserName: path('actor.user.name'),
  SubjectDomainName: path('actor.user.domain'),
  SubjectUserSid: path('actor.user.uid'),
  ProcessName: path('actor.process.file.path'),
};

/** What mappings write where a class demands a value and the event has none. */
const UNKNOWN = ['unknown'];

/** Windows Service Activity: installed (System 7045, Security 4697) or changed. */
export const SERVICE = new FieldTable('service', {
  ...ANY,
  ...SUBJECT,
  ServiceName: path('win_service.name'),
  ImagePath: path('win_service.cmd_line', UNKNOWN),
  ServiceFileName: path('win_service.cmd_line', UNKNOWN),
});

/** Logon types that OCSF has no value for. */
const UNNAMED_LOGONS = ['1', '6'];

/** Authentication on Windows. */
export const LOGON = new FieldTable('logon', {
  ...ANY,
  SubjectUserName: path('actor.user.name'),
  SubjectDomainName: path('actor.user.domain'),
  SubjectUserSid: path('actor.user.uid'),
  TargetUserName: path('user.name', UNKNOWN),
  TargetDomainName: path('user.domain'),
  LogonType: path('logon_type_id', UNNAMED_LOGONS),
  IpAddress: path('src_endpoint.ip'),
  AuthenticationPackageName: path('auth_protocol'),
  ProcessName: path('logon_process.file.path'),
});

/** SMB Activity: a share and a file in it were opened. */
export const SHARE = new FieldTable('share', {
  ...ANY,
  ...SUBJECT,
  ShareName: path('share'),
  RelativeTargetName: path('file.path'),
  IpAddress: path('src_endpoint.ip'),
});

/** Scheduled Job Activity. */
export const TASK = new FieldTable('scheduled task', {
  ...ANY,
  ...SUBJECT,
  TaskName: path('job.name'),
  TaskContent: path('job.desc'),
});

/** Account Change. */
export const ACCOUNT = new FieldTable('account', {
  ...ANY,
  ...SUBJECT,
  TargetUserName: path('user.name', UNKNOWN),
  TargetDomainName: path('user.domain'),
  TargetSid: path('user.uid'),
});

/** Group Management. */
export const GROUP = new FieldTable('group', {
  ...ANY,
  ...SUBJECT,
  TargetUserName: path('group.name', UNKNOWN),
  TargetDomainName: path('group.domain'),
  TargetSid: path('group.uid'),
  MemberName: path('user.name'),
  MemberSid: path('user.uid'),
});

/** A handle to a file, a registry key or a process; a registry value that was changed. */
export const OBJECT = new FieldTable('object', {
  ...ANY,
  ...SUBJECT,
  ObjectType: choice('class_uid', { 1001: 'File', 201001: 'Key', 1007: 'Process' }),
  ObjectName: first(path('file.path'), path('reg_key.path'), path('reg_value.path'), path('process.file.path')),
  ObjectValueName: path('reg_value.name'),
  NewValue: path('reg_value.data'),
});

/** Any event of a log that is known by its name: nothing but what all have. */
export const LOG = new FieldTable('log', ANY);
