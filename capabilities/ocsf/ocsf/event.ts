import { isObject, newFields, present, type Fields, type Mapping, type Record } from '@yuheng/engine';
import { classOf, validate, type ClassUid, type SeverityId } from '@yuheng/ocsf';

/** Classification, time and metadata: said anew for all events, in the house's own version of OCSF. */
const COMMON = [
  'class_uid',
  'class_name',
  'category_uid',
  'category_name',
  'activity_id',
  'activity_name',
  'type_uid',
  'type_name',
  'severity_id',
  'severity',
  'time',
  'metadata',
  'message',
  'unmapped',
  'raw_data',
  'observables',
];

const OTHER = 99;

/**
 * An OCSF event from outside as one of ours: attributes are kept as they are. What has a wrong type or no place in its class stands in
 * `unmapped`, and so does the metadata; all of a class that OCSF 1.8 does not know does.
 */
export function normalizeOcsf({ fields }: Record): Mapping {
  const uid = fields['class_uid'];
  const known = classOf(uid);
  const activity = known?.activities.has(fields['activity_id']) ? (fields['activity_id'] as number) : 0;
  const metadata = isObject(fields['metadata']) ? fields['metadata'] : {};
  const { attributes, misfits } = known ? sorted(fields) : { attributes: newFields(), misfits: fields };
  const named = activity === OTHER ? present({ activity_name: textOf(fields['activity_name']) }) : undefined;
  return {
    classUid: known ? (uid as ClassUid) : 0,
    activityId: activity,
    severityId: severityOf(fields['severity_id']),
    attributes: { ...named, ...attributes },
    ...told(metadata),
    ...present({ message: textOf(fields['message']) }),
    unmapped: unmappedOf(fields['unmapped'], misfits, metadata),
  };
}

/** What the event's own metadata say that ours say too. */
function told(metadata: Fields): Pick<Mapping, 'product' | 'profiles' | 'logName' | 'logProvider' | 'eventCode'> {
  const product = isObject(metadata['product']) ? metadata['product'] : {};
  const profiles = Array.isArray(metadata['profiles']) ? metadata['profiles'] : [];
  return {
    product: {
      name: textOf(product['name']) ?? 'unknown',
      ...present({ vendor_name: textOf(product['vendor_name']) }),
    },
    profiles: profiles.filter((profile) => typeof profile === 'string'),
    ...present({
      logName: textOf(metadata['log_name']),
      logProvider: textOf(metadata['log_provider']),
      eventCode: textOf(metadata['event_code']),
    }),
  };
}

/** The attributes that the class can hold, and the others. */
function sorted(event: Fields): { readonly attributes: Fields; readonly misfits: Fields } {
  const problems = validate(event);
  const wrong = new Set(
    problems.filter(({ what, path }) => MISFITS.has(what) || isUnknown(what, path)).map(({ path }) => topOf(path)),
  );
  // So many problems that not all of them were told: nothing is sure.
  const none = problems.some(({ what }) => what === 'limit');
  const [attributes, misfits] = [newFields(), newFields()];
  for (const [name, value] of Object.entries(event)) {
    if (COMMON.includes(name)) continue;
    (none || wrong.has(name) ? misfits : attributes)[name] = value;
  }
  return { attributes, misfits };
}

const MISFITS: ReadonlySet<string> = new Set(['type', 'depth']);

const WHOLE = /^(?:\w+|\["(?:[^"\\]|\\.)*"\])$/;

/** An attribute that another version of the class has; below an object it may stay. */
function isUnknown(what: string, path: string): boolean {
  return what === 'unknown' && WHOLE.test(path);
}

/** The event's attribute that a problem's path begins with. */
function topOf(path: string): string {
  const quoted = /^\[("(?:[^"\\]|\\.)*")\]/.exec(path)?.[1];
  return quoted === undefined ? (/^\w+/.exec(path)?.[0] ?? '') : String(JSON.parse(quoted));
}

function unmappedOf(unmapped: unknown, misfits: Fields, metadata: Fields): Fields {
  const all = newFields();
  if (isObject(unmapped)) Object.assign(all, unmapped);
  else if (unmapped !== undefined && unmapped !== null) all['unmapped'] = unmapped;
  for (const [name, value] of Object.entries(misfits)) if (!COMMON.includes(name)) all[name] ??= value;
  all['metadata'] ??= metadata;
  return all;
}

function severityOf(value: unknown): SeverityId {
  const isKnown = value === OTHER || (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 6);
  return isKnown ? (value as SeverityId) : 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
