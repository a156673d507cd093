import type { OcsfEvent } from './event.ts';
import { entitiesOf } from './entities.ts';
import { decodedPowerShell } from './powershell.ts';

/** Adds what can be known of an event from itself: its observables, and the plain text of an encoded PowerShell command. */
export function enrich(event: OcsfEvent): OcsfEvent {
  const observables = entitiesOf(event).map(({ name, typeId, value }) => ({ name, type_id: typeId, value }));
  const script = decodedPowerShell(event);
  return {
    ...event,
    ...(observables.length > 0 ? { observables } : {}),
    ...(script === undefined ? {} : { enrichments: [script] }),
  };
}
