import { expect, it } from 'vitest';
import { newFields, type Fields } from '../record.ts';
import { choice, first, joined, path, type Answer } from './answer.ts';

const EVENT = JSON.parse(`{
  "process": { "file": { "path": "C:\\\\a.exe" }, "user": { "name": "eve", "domain": "LAB" }, "pid": 4 },
  "actor": { "user": { "name": "eve", "domain": "-" }, "process": null },
  "__proto__": { "x": "own" }, "direction_id": 2
}`) as object;
const fields: Fields = Object.assign(newFields(), EVENT);

it.each<[string, Answer, unknown]>([
  ['a path', path('process.file.path'), 'C:\\a.exe'],
  ['a number', path('process.pid'), 4],
  ['a path that leads nowhere', path('process.file.path.more'), undefined],
  ['a path through null', path('actor.process.pid'), undefined],
  ['what objects inherit', path('process.constructor'), undefined],
  ['a key of that name', path('__proto__.x'), 'own'],
  ['the first that is there', first(path('none'), path('process.pid')), 4],
  ['the first that is not null', first(path('actor.process'), path('process.pid')), 4],
  ['parts put together', joined('\\', 'process.user.domain', 'process.user.name'), 'LAB\\eve'],
  ['parts that say something', joined('\\', 'actor.user.domain', 'actor.user.name'), 'eve'],
  ['no parts', joined('\\', 'none.domain', 'none.name'), undefined],
  ['a word for a value', choice('direction_id', { 1: 'false', 2: 'true' }), 'true'],
  ['a value without a word', choice('process.pid', { 1: 'false' }), undefined],
  ['a word that objects inherit', choice('process.user.name', {}), undefined],
])('reads %s', (_, answer, expected) => expect(answer.read(fields)).toEqual(expected));

it('tells what it loses', () => {
  expect(first(path('a', ['0']), path('b')).loses).toEqual(['', '-', '0']);
  expect(choice('a', { 1: 'yes' }, ['maybe']).loses).toEqual(['', '-', 'maybe']);
});
