import type { ClassUid, SeverityId } from './generated/enums.ts';
import type { ClassByUid, Metadata } from './generated/types.ts';
import { classes, SCHEMA_VERSION, TYPES_PER_CLASS, type EventClass } from './schema.ts';

/** What names an event class: its uid, upstream's name, caption, category and the captions of its activities by id. */
export type ClassNames = Pick<EventClass, 'uid' | 'name' | 'caption' | 'category' | 'activities'>;

/** The class with that `class_uid`; undefined when this package does not know it. */
export function classOf(uid: unknown): ClassNames | undefined {
  return classes.get(uid);
}

/** `type_uid` of an activity of a class: `class_uid * 100 + activity_id` (OCSF 1.8.0, base event). */
export function typeUid(classUid: number, activityId: number): number {
  return classUid * TYPES_PER_CLASS + activityId;
}

/** What {@link base} starts an event from. */
export interface BaseInput<C extends ClassUid> {
  class: C;
  /** One of the class's own activities, e.g. `ProcessActivityId.Launch`. */
  activity: ClassByUid[C]['activity_id'];
  severity: SeverityId;
  /** When it happened, in milliseconds since 1970. */
  time: number;
  /** Where the event comes from; the schema version is added. */
  metadata: Omit<Metadata, 'version'>;
}

/** The attributes that classify an event and that every class requires, with their captions. */
export interface Classified<C extends ClassUid> {
  class_uid: C;
  class_name: string;
  category_uid: ClassByUid[C]['category_uid'];
  category_name: string;
  activity_id: ClassByUid[C]['activity_id'];
  activity_name: string;
  type_uid: number;
  type_name: string;
  severity_id: SeverityId;
  severity: string;
  time: number;
  metadata: Metadata;
}

/**
 * The part that is alike in all events: classification with captions, severity, time and `metadata.version`.
 *
 * Spread it first and add what the class has. With the activity or severity Other (99), put the source's own word into
 * `activity_name` or `severity` after it.
 *
 * @throws RangeError when the class has no such activity, or there is no such class or severity.
 */
export function base<C extends ClassUid>(input: BaseInput<C>): Classified<C> {
  const { uid, caption, category, activities, attributes } = demandClass(input.class);
  const activityName = demandCaption(activities, input.activity, `activity of ${caption}`);
  return {
    class_uid: input.class,
    class_name: caption,
    // The table and the interfaces come from the same schema: the uid is the class's own.
    category_uid: category.uid as ClassByUid[C]['category_uid'],
    category_name: category.caption,
    activity_id: input.activity,
    activity_name: activityName,
    type_uid: typeUid(uid, input.activity),
    type_name: `${caption}: ${activityName}`,
    severity_id: input.severity,
    severity: demandCaption(attributes.get('severity_id')?.values, input.severity, 'severity'),
    time: input.time,
    metadata: { ...input.metadata, version: SCHEMA_VERSION },
  };
}

function demandClass(uid: number): EventClass {
  const found = classes.get(uid);
  if (found === undefined)
    throw new RangeError(`OCSF ${SCHEMA_VERSION} has no class ${uid} here; take one of ClassUid.`);
  return found;
}

function demandCaption(captions: ReadonlyMap<unknown, string> | undefined, id: number, what: string): string {
  const caption = captions?.get(id);
  if (caption !== undefined) return caption;
  const known = [...(captions ?? [])].map(([value, name]) => `${String(value)} (${name})`).join(', ');
  throw new RangeError(`${id} is no ${what}; take one of ${known}.`);
}
