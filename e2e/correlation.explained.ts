/** OTRF sets that are not told as one story, each with its cause. */
export const EXPLAINED: { readonly [set: string]: string } = {
  msf_record_mic: 'the attack left one trace, a microphone value in the registry: one finding, no incident',
  schtask_modification:
    'SYSTEM changes a task of Windows itself, which looks like an update; only the network traffic of PowerShell is found',
};
