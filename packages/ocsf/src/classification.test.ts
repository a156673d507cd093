import { describe, expect, it } from 'vitest';
import { base, classOf, ClassUid, FileActivityId, RegistryKeyActivityId, SeverityId, typeUid } from './index.ts';
import { classes } from './schema.ts';

const rest = { severity: SeverityId.High, time: 1, metadata: { product: { name: 'Test' } } };

describe('base', () => {
  it('classifies an event with uids and captions', () => {
    expect(base({ class: ClassUid.FileActivity, activity: FileActivityId.Delete, ...rest })).toEqual({
      class_uid: 1001,
      class_name: 'File System Activity',
      category_uid: 1,
      category_name: 'System Activity',
      activity_id: 4,
      activity_name: 'Delete',
      type_uid: 100104,
      type_name: 'File System Activity: Delete',
      severity_id: 4,
      severity: 'High',
      time: 1,
      metadata: { product: { name: 'Test' }, version: '1.8.0' },
    });
  });

  it('knows the classes of the Windows extension', () => {
    const event = base({ class: ClassUid.RegistryKeyActivity, activity: RegistryKeyActivityId.Create, ...rest });
    expect(event).toMatchObject({ class_uid: 201001, type_uid: 20100101, type_name: 'Registry Key Activity: Create' });
  });

  it.each([
    ['class', { class: 7, activity: 1 }, 'OCSF 1.8.0 has no class 7 here; take one of ClassUid.'],
    [
      'activity',
      { class: 1001, activity: 77 },
      /^77 is no activity of File System Activity; take one of 0 \(Unknown\), 1 /,
    ],
    ['severity', { class: 1001, activity: 1, severity: 9 }, /^9 is no severity; take one of 0 \(Unknown\)/],
  ])('rejects an unknown %s', (_what, input, message) => {
    expect(() => base({ ...rest, ...input } as never)).toThrow(message);
  });
});

describe('classOf', () => {
  it('names a class', () => {
    const found = classOf(201002);
    expect(found).toMatchObject({ uid: 201002, name: 'win/registry_value_activity', category: { uid: 1 } });
    expect(found?.activities.get(99)).toBe('Other');
  });

  it.each([4711, '1001', undefined, '__proto__'])('does not know %s', (uid) => {
    expect(classOf(uid)).toBeUndefined();
  });
});

it('typeUid follows from class and activity', () => {
  expect(typeUid(ClassUid.RegistryKeyActivity, 99)).toBe(20_100_199);
});

it('every class of ClassUid is in the table with the activities Unknown and Other', () => {
  expect(classes.keys()).toEqual(Object.values(ClassUid));
  for (const { activities } of classes.values())
    expect([activities.get(0), activities.get(99)]).toEqual(['Unknown', 'Other']);
});
