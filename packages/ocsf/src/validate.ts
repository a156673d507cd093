import { checkItem, isPlainObject, ownValue, type Checker } from './check.ts';
import { typeUid } from './classification.ts';
import { Problems, type Problem } from './problem.ts';
import { classes, type EventClass, profileNames, SCHEMA_VERSION, TYPES_PER_CLASS } from './schema.ts';

/**
 * Checks an event against its class in the OCSF schema 1.8.0.
 *
 * Checked are: the class, required and unknown attributes, types, enumerations with the captions beside them, `type_uid`,
 * profiles and the constraints `at_least_one` and `just_one`, in the event and in every object below it. Attributes whose
 * value is undefined count as absent. What stands in `unmapped` and other free objects is not looked into.
 *
 * @param event any value; it is read only, and nothing that JSON can express makes this throw.
 * @returns the problems in the order of the event's attributes; empty when the event is valid.
 */
export function validate(event: unknown): Problem[] {
  const problems = new Problems();
  if (!isPlainObject(event)) {
    problems.add('', 'type', 'an object', event);
    return problems.list;
  }
  const classUid = ownValue(event, 'class_uid');
  const eventClass = classes.get(classUid);
  if (eventClass === undefined) {
    problems.add('class_uid', 'class', 'the uid of a class this package knows', classUid);
    return problems.list;
  }
  const checker: Checker = { problems, profiles: listedProfiles(event, problems) };
  checkItem(checker, eventClass, event, '', 0);
  checkTypeUid(event, eventClass, problems);
  checkVersion(event, problems);
  return problems.list;
}

/** The profiles in `metadata.profiles`; one that the schema lacks is a problem. */
function listedProfiles(event: Readonly<Record<string, unknown>>, problems: Problems): ReadonlySet<unknown> {
  const listed = ownValue(ownValue(event, 'metadata'), 'profiles');
  if (!Array.isArray(listed)) return new Set();
  listed.forEach((name: unknown, index) => {
    if (typeof name !== 'string' || profileNames.has(name)) return;
    problems.add(`metadata.profiles[${index}]`, 'enum', 'the name of a profile', name);
  });
  return new Set<unknown>(listed);
}

/** A type that the class does not have at all is reported with the enumerations. */
function checkTypeUid(event: Readonly<Record<string, unknown>>, eventClass: EventClass, problems: Problems): void {
  const activity = ownValue(event, 'activity_id');
  const found = ownValue(event, 'type_uid');
  const isListed = eventClass.attributes.get('type_uid')?.values?.has(found);
  if (typeof activity !== 'number' || !eventClass.activities.has(activity) || !isListed) return;
  const expected = typeUid(eventClass.uid, activity);
  if (found !== expected)
    problems.add('type_uid', 'type_uid', `${expected} (class_uid * ${TYPES_PER_CLASS} + activity_id)`, found);
}

function checkVersion(event: Readonly<Record<string, unknown>>, problems: Problems): void {
  const version = ownValue(ownValue(event, 'metadata'), 'version');
  if (typeof version !== 'string' || version === SCHEMA_VERSION) return;
  problems.add('metadata.version', 'version', SCHEMA_VERSION, version);
}
