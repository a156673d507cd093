import { capabilities } from '@yuheng/capabilities';
import type { LogSource, SigmaProblem, SigmaRule } from '@yuheng/sigma';
import type { Locate } from './locate.ts';
import { nearest } from './nearest.ts';

/** Names of log sources that nothing here reads yet, but that rules are written for (appendix "Taxonomy" of Sigma's specification, and clouds). */
const OTHERS = {
  product: `aws azure bitbucket cisco django duo fortigate fortios fortinet gcp github gitlab google_workspace huawei juniper
    jvm kubernetes m365 macos modsecurity nodejs okta onelogin opencanary paloalto php python qualys rpc_firewall
    ruby_on_rails salesforce slack spring sql velocity vmware checkpoint crowdstrike docker esxi freebsd openbsd netscaler
    sophos symantec trendmicro mysql postgresql mssql oracle squid bluecoat zscaler cloudflare`,
  category: `application appliance database device usermanagement accounting authentication clipboard_capture create_stream_hash
    dns edr email file_access file_rename file_block ids ips netflow network_traffic ntp process_tampering ps_classic_script
    registry_rename sysmon vpn waf wmi`,
  service: `aaa activitylogs audit auditlogs auditd azureactivity bgp cloudtrail duo event exchange gcp.audit globalprotect
    google_workspace.admin google_workspace.login google_workspace.token google_workspace.drive guardduty
    ldp modsecurity netflow okta onelogin.events pim riskdetection route53 s3 signinlogs sslvpnd threat_detection threat_management
    vpcflow securityhub config elb waf defender identity office365 sharepoint teams messagetrace`,
} as const;

type Attribute = keyof typeof OTHERS;
const ATTRIBUTES: readonly Attribute[] = ['product', 'category', 'service'];

const known: { readonly [attribute in Attribute]: ReadonlySet<string> } = {
  product: namesOf('product'),
  category: namesOf('category'),
  service: namesOf('service'),
};

function namesOf(attribute: Attribute): ReadonlySet<string> {
  const own = capabilities.flatMap(({ logsources }) => logsources.flatMap((entry) => entry[attribute] ?? []));
  return new Set([...own, ...OTHERS[attribute].split(/\s+/)]);
}

/** Parts of a rule's log source that nobody knows, so that no record will ever answer it. */
export function logsourceProblems(rule: SigmaRule, locate: Locate): SigmaProblem[] {
  return ATTRIBUTES.flatMap((attribute) => {
    const name: LogSource[Attribute] = rule.logsource[attribute];
    if (name === undefined || known[attribute].has(name.toLowerCase())) return [];
    const meant = nearest(name, known[attribute]);
    return {
      ...locate(rule, ['logsource', attribute]),
      severity: 'warning',
      code: 'logsource.unknown',
      what: `nobody knows the ${attribute} "${name}"`,
      why: 'no record answers a log source of that name, so that the rule is never asked',
      fix: meant === undefined ? 'correct it, if it is no name of your own' : `write "${meant}"`,
    };
  });
}
