import { plainText } from '@yuheng/engine';

/** Kinds that are remembered; a log can name any number of channels. */
const MAX_KINDS = 10_000;
const kinds = new Map<string, Map<unknown, string>>();
let known = 0;

/** Events of one channel and id are answered by the same rules. */
export function kindOf(channel: string, eventId: unknown): string {
  const kind = kinds.get(channel)?.get(eventId);
  return kind ?? remember(channel, eventId, `windows:${channel.toLowerCase()}:${plainText(eventId)}`);
}

function remember(channel: string, eventId: unknown, kind: string): string {
  if (++known > MAX_KINDS) {
    kinds.clear();
    known = 1;
  }
  const ofChannel = kinds.get(channel) ?? new Map<unknown, string>();
  if (typeof eventId !== 'object') kinds.set(channel, ofChannel.set(eventId, kind));
  return kind;
}

/** Types of Sysmon's event 12 that are log sources of their own. */
export const REGISTRY_TYPES = ['CreateKey', 'DeleteKey', 'DeleteValue'] as const;

const REGISTRY_KIND = 'windows:microsoft-windows-sysmon/operational:12';
const typed = new Map(REGISTRY_TYPES.map((type) => [type.toLowerCase(), `${REGISTRY_KIND}:${type.toLowerCase()}`]));

/** Whether events of a kind are told apart by their `EventType` too. */
export function hasTypes(kind: string): boolean {
  return kind === REGISTRY_KIND;
}

/** The kind of an event with that `EventType`, where {@link hasTypes}. */
export function typedKind(eventType: unknown): string {
  return typed.get(plainText(eventType).toLowerCase()) ?? REGISTRY_KIND;
}
