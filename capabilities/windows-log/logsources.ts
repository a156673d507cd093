import type { LogsourceEntry } from '@yuheng/engine';

/** Ids of the sources whose records carry Channel and EventID. */
const WINDOWS = ['windows-evtx', 'windows-json', 'windows-xml'];

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

/** A Sigma category that Sysmon answers, by event ids. */
function sysmon(category: string, ...ids: number[]): LogsourceEntry {
  return { product: 'windows', category, where: [{ source: WINDOWS, fields: { Channel: [SYSMON], EventID: ids } }] };
}

/** A Sigma category that events of any channel answer. */
function category(
  name: string,
  channels: readonly string[],
  ids: readonly number[],
  aliases?: { [field: string]: string },
): LogsourceEntry {
  const condition = { source: WINDOWS, fields: { Channel: channels, EventID: ids } };
  return { product: 'windows', category: name, where: [aliases ? { ...condition, aliases } : condition] };
}

/** A Sigma service: the events of one or more channels. */
function service(name: string, ...channels: string[]): LogsourceEntry {
  return { product: 'windows', service: name, where: [{ source: WINDOWS, fields: { Channel: channels } }] };
}

const POWERSHELL = ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'];
const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational';
/** Defender writes its names with spaces. */
const DEFENDER_NAMES = {
  ThreatName: 'Threat Name',
  SeverityName: 'Severity Name',
  CategoryName: 'Category Name',
  SourceName: 'Source Name',
  ProcessName: 'Process Name',
  DetectionUser: 'Detection User',
  NewValue: 'New Value',
  OldValue: 'Old Value',
  FeatureName: 'Feature Name',
};

/** Which Windows events answer a rule's logsource: channels and event ids as SigmaHQ and Microsoft name them. */
export const logsources: readonly LogsourceEntry[] = [
  { product: 'windows', where: [{ source: WINDOWS }] },

  {
    product: 'windows',
    category: 'process_creation',
    where: [
      { source: WINDOWS, fields: { Channel: [SYSMON], EventID: [1] } },
      {
        source: WINDOWS,
        fields: { Channel: ['Security'], EventID: [4688] },
        aliases: {
          Image: 'NewProcessName',
          ParentImage: 'ParentProcessName',
          ProcessId: 'NewProcessId',
          ParentProcessId: 'ProcessId',
          IntegrityLevel: 'MandatoryLabel',
          LogonId: 'SubjectLogonId',
          User: 'SubjectUserName',
        },
      },
    ],
  },
  sysmon('file_change', 2),
  sysmon('network_connection', 3),
  sysmon('sysmon_status', 4, 16),
  sysmon('process_termination', 5),
  sysmon('driver_load', 6),
  sysmon('image_load', 7),
  sysmon('create_remote_thread', 8),
  sysmon('raw_access_thread', 9),
  sysmon('process_access', 10),
  sysmon('file_event', 11),
  sysmon('registry_event', 12, 13, 14),
  // SigmaHQ's own map asks for the event's type here too; Hayabusa, Chainsaw, Zircolite and rsigma do not, and rules are written for both.
  sysmon('registry_add', 12),
  sysmon('registry_delete', 12),
  sysmon('registry_set', 13),
  sysmon('registry_rename', 14),
  sysmon('create_stream_hash', 15),
  sysmon('pipe_created', 17, 18),
  sysmon('wmi_event', 19, 20, 21),
  sysmon('dns_query', 22),
  sysmon('file_delete', 23, 26),
  sysmon('clipboard_change', 24),
  sysmon('process_tampering', 25),
  sysmon('file_delete_detected', 26),
  sysmon('file_block_executable', 27),
  sysmon('file_block_shredding', 28),
  sysmon('file_executable_detected', 29),
  sysmon('sysmon_error', 255),

  category('ps_module', POWERSHELL, [4103]),
  category('ps_script', POWERSHELL, [4104]),
  category('ps_classic_start', ['Windows PowerShell'], [400]),
  category('ps_classic_provider_start', ['Windows PowerShell'], [600]),
  category('ps_classic_script', ['Windows PowerShell'], [800]),
  {
    category: 'antivirus',
    where: [
      {
        source: WINDOWS,
        fields: {
          Channel: [DEFENDER],
          EventID: [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116, 1117, 1118, 1119],
        },
        aliases: { ...DEFENDER_NAMES, Signature: 'Threat Name', Filename: 'Path' },
      },
    ],
  },

  service('application', 'Application'),
  service('security', 'Security'),
  service('system', 'System'),
  service('sysmon', SYSMON),
  service('powershell', ...POWERSHELL),
  service('powershell-classic', 'Windows PowerShell'),
  {
    product: 'windows',
    service: 'windefend',
    where: [{ source: WINDOWS, fields: { Channel: [DEFENDER] }, aliases: DEFENDER_NAMES }],
  },
  service('taskscheduler', 'Microsoft-Windows-TaskScheduler/Operational'),
  service('wmi', 'Microsoft-Windows-WMI-Activity/Operational'),
  service('ntlm', 'Microsoft-Windows-NTLM/Operational'),
  service('dhcp', 'Microsoft-Windows-DHCP-Server/Operational'),
  service('dns-server', 'DNS Server'),
  service('dns-server-analytic', 'Microsoft-Windows-DNS-Server/Analytical'),
  service('dns-client', 'Microsoft-Windows-DNS Client Events/Operational', 'Microsoft-Windows-DNS-Client/Operational'),
  service('driver-framework', 'Microsoft-Windows-DriverFrameworks-UserMode/Operational'),
  service('firewall-as', 'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'),
  service('bits-client', 'Microsoft-Windows-Bits-Client/Operational'),
  service('printservice-admin', 'Microsoft-Windows-PrintService/Admin'),
  service('printservice-operational', 'Microsoft-Windows-PrintService/Operational'),
  service('smbclient-security', 'Microsoft-Windows-SmbClient/Security'),
  service('smbclient-connectivity', 'Microsoft-Windows-SmbClient/Connectivity'),
  service('smbserver-connectivity', 'Microsoft-Windows-SMBServer/Connectivity'),
  service('terminalservices-localsessionmanager', 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'),
  service('codeintegrity-operational', 'Microsoft-Windows-CodeIntegrity/Operational'),
  service(
    'applocker',
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ),
  service('msexchange-management', 'MSExchange Management'),
  service(
    'security-mitigations',
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
    'Microsoft-Windows-Security-Mitigations/KernelMode',
    'Microsoft-Windows-Security-Mitigations/UserMode',
  ),
  service('diagnosis-scripted', 'Microsoft-Windows-Diagnosis-Scripted/Operational'),
  service('shell-core', 'Microsoft-Windows-Shell-Core/Operational'),
  service('openssh', 'OpenSSH/Operational'),
  service('ldap', 'Microsoft-Windows-LDAP-Client/Debug'),
  service('bitlocker', 'Microsoft-Windows-BitLocker/BitLocker Management'),
  service('vhdmp', 'Microsoft-Windows-VHDMP/Operational', 'Microsoft-Windows-VHDMP-Operational'),
  service(
    'appxdeployment-server',
    'Microsoft-Windows-AppXDeploymentServer/Operational',
    'Microsoft-Windows-AppXDeployment-Server/Operational',
  ),
  service('lsa-server', 'Microsoft-Windows-LSA/Operational'),
  service('appxpackaging-om', 'Microsoft-Windows-AppxPackaging/Operational'),
  service('appmodel-runtime', 'Microsoft-Windows-AppModel-Runtime/Admin'),
  service('capi2', 'Microsoft-Windows-CAPI2/Operational'),
  service(
    'certificateservicesclient-lifecycle-system',
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  ),
  service(
    'kernel-shimengine',
    'Microsoft-Windows-Kernel-ShimEngine/Operational',
    'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
  ),
  service(
    'application-experience',
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
  ),
  service('ntfs', 'Microsoft-Windows-Ntfs/Operational'),
  service('hyper-v-worker', 'Microsoft-Windows-Hyper-V-Worker', 'Microsoft-Windows-Hyper-V-Worker-Admin'),
  service(
    'kernel-event-tracing',
    'Microsoft-Windows-Kernel-EventTracing',
    'Microsoft-Windows-Kernel-EventTracing/Admin',
  ),
  service('sense', 'Microsoft-Windows-SENSE/Operational'),
  service(
    'microsoft-servicebus-client',
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ),
  service('servicebus-client', 'Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'),
  service('iis-configuration', 'Microsoft-IIS-Configuration/Operational'),
];
