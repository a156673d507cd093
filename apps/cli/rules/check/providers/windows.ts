import { SECURITY } from './security.ts';

/** What every Windows event says, by the names that our sources give them, and what collectors of events add. */
const SYSTEM = `
  Channel Computer Correlation_ActivityID Correlation_RelatedActivityID EventID EventID_Qualifiers EventRecordID
  Execution_ProcessID Execution_ThreadID Keywords Level Opcode Provider_EventSourceName Provider_Guid Provider_Name
  Security_UserID Task TimeCreated Version Message Hostname`;

/** Fields of Sysmon's events by event id (schema 4.90; of older ones nothing was taken away). */
const SYSMON: { readonly [id: string]: string } = {
  1: `RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine
    CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId
    ParentImage ParentCommandLine ParentUser`,
  2: 'RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User',
  3: `RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort
    SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName`,
  4: 'UtcTime State Version SchemaVersion',
  5: 'RuleName UtcTime ProcessGuid ProcessId Image User',
  6: 'RuleName UtcTime ImageLoaded Hashes Signed Signature SignatureStatus',
  7: `RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product Company OriginalFileName
    Hashes Signed Signature SignatureStatus User`,
  8: `RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage
    NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser`,
  9: 'RuleName UtcTime ProcessGuid ProcessId Image Device User',
  10: `RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId
    TargetImage GrantedAccess CallTrace SourceUser TargetUser`,
  11: 'RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User',
  12: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User',
  13: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User',
  14: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject NewName User',
  15: 'RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash Contents User',
  16: 'UtcTime Configuration ConfigurationFileHash',
  17: 'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  18: 'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  19: 'RuleName EventType UtcTime Operation User EventNamespace Name Query',
  20: 'RuleName EventType UtcTime Operation User Name Type Destination',
  21: 'RuleName EventType UtcTime Operation User Consumer Filter',
  22: 'RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User',
  23: 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived',
  24: 'RuleName UtcTime ProcessGuid ProcessId Image Session ClientInfo Hashes Archived User',
  25: 'RuleName UtcTime ProcessGuid ProcessId Image Type User',
  26: 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable',
  27: 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes',
  28: 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable',
  29: 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes',
  255: 'UtcTime ID Description',
};

/** Of PowerShell's log only these events have a form of their own. */
const POWERSHELL: { readonly [id: string]: string } = {
  4103: 'ContextInfo UserData Payload',
  4104: 'MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path',
};

const CHANNELS: { readonly [channel: string]: { readonly [id: string]: string } } = {
  'Microsoft-Windows-Sysmon/Operational': SYSMON,
  'Microsoft-Windows-PowerShell/Operational': POWERSHELL,
  'PowerShellCore/Operational': POWERSHELL,
  'Windows PowerShell': { 400: 'Data', 600: 'Data', 800: 'Data' },
};

/** Fields of events of a channel; without ids of all its events. Undefined where the channel's providers are not written down. */
export function windowsFields(channel: string, ids: readonly string[] | undefined): string | undefined {
  if (channel === 'Security') return `${SYSTEM} ${SECURITY}`;
  if (!Object.hasOwn(CHANNELS, channel)) return undefined;
  const events = CHANNELS[channel]!;
  // Events of other ids than these may say anything, save where all ids are written down.
  if (ids === undefined) return events === SYSMON ? `${SYSTEM} ${Object.values(SYSMON).join(' ')}` : undefined;
  const lists = ids.flatMap((id) => events[id] ?? []);
  return lists.length === ids.length ? `${SYSTEM} ${lists.join(' ')}` : undefined;
}

/** Fields of Sysmon's events by id, on any system. */
export function sysmonFields(ids: readonly string[]): string | undefined {
  return windowsFields('Microsoft-Windows-Sysmon/Operational', ids);
}
