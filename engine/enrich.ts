import type { OcsfEvent } from './event.ts';
import { entitiesOf, type Entity } from './entities.ts';
import { decodedPowerShell } from './powershell.ts';

/** Adds what can be known of an event from itself: its observables, and the plain text of an encoded PowerShell command. */
export function enrich(event: OcsfEvent, entities: readonly Entity[] = entitiesOf(event)): OcsfEvent {
  const observables = entities.map(({ name, typeId, value }) => ({ name, type_id: typeId, value }));
  const script = decodedPowerShell(event);
  return {
    ...event,
    ...(observables.length > 0 ? { observables } : {}),
    ...(script === undefined ? {} : { enrichments: [script] }),
  };
}
