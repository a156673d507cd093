import { describe, expect, it } from 'vitest';
import type { EvtxElement, EvtxNode } from './element.ts';
import { eventFields } from './fields.ts';

function tag(name: string, attributes: Record<string, string>, ...children: EvtxNode[]): EvtxElement {
  return { name, attributes: Object.entries(attributes), children };
}
const absent = (name: string, attributes: Record<string, string> = {}): EvtxElement => {
  return { ...tag(name, attributes), children: null };
};
const event = (...sections: EvtxElement[]): EvtxElement => tag('Event', { xmlns: 'urn:x' }, ...sections);
const plain = (root: EvtxElement): object => ({ ...eventFields(root) });

describe('eventFields', () => {
  it('flattens System', () => {
    const system = tag(
      'System',
      {},
      tag('Provider', { Name: 'P', Guid: '{G}' }),
      tag('EventID', { Qualifiers: '0' }, '4688'),
      tag('TimeCreated', { SystemTime: '2020-01-01T00:00:00.0000000Z' }),
      tag('Correlation', {}),
      tag('Execution', { ProcessID: '4', ThreadID: '8' }),
      tag('Channel', {}, 'Security'),
      absent('Version'),
    );
    expect(plain(event(system))).toEqual({
      Provider_Name: 'P',
      Provider_Guid: '{G}',
      EventID: 4688,
      EventID_Qualifiers: '0',
      TimeCreated: '2020-01-01T00:00:00.0000000Z',
      Execution_ProcessID: '4',
      Execution_ThreadID: '8',
      Channel: 'Security',
      Version: null,
    });
  });

  it.each<[string, EvtxElement[], object]>([
    ['a name', [tag('Data', { Name: 'A' }, 'x')], { A: 'x' }],
    [
      'an empty value and one never set',
      [tag('Data', { Name: 'A' }), absent('Data', { Name: 'B' })],
      { A: '', B: null },
    ],
    ['one Data without a name', [tag('Data', {}, 'x')], { Data: 'x' }],
    ['several', [tag('Data', {}, 'x'), tag('Data', {}), absent('Data')], { Data: ['x', '', null] }],
    ['a name that comes again', [tag('Data', { Name: 'A' }, 'x'), tag('Data', { Name: 'A' }, 'y')], { A: ['x', 'y'] }],
    ['another element', [tag('Binary', {}, 'FF')], { Binary: 'FF' }],
    ['elements inside a value', [tag('Data', { Name: 'A' }, tag('i', {}, 'x'), 'y')], { A: 'xy' }],
    ['a number in a name', [tag('Data', { Name: 'param1' }, '7')], { param1: '7' }],
  ])('takes %s from EventData', (_, data, fields) => {
    expect(plain(event(tag('EventData', {}, ...data)))).toEqual(fields);
  });

  it('takes the innermost elements and the attributes from UserData', () => {
    const user = tag(
      'Root',
      { xmlns: 'urn:y' },
      tag('a', { k: '1' }, 'x'),
      tag('b', {}, tag('c', {}), tag('c', {}, 'y')),
      tag('d', { m: '2' }),
    );
    expect(plain(event(tag('UserData', {}, user)))).toEqual({ a: 'x', k: '1', c: ['', 'y'], m: '2' });
  });

  it('never lets another section take a name of System', () => {
    const system = tag('System', {}, tag('Channel', {}, 'Security'), tag('Execution', { ProcessID: '4' }));
    const data = tag(
      'EventData',
      {},
      tag('Data', { Name: 'Channel' }, 'other'),
      tag('Data', { Name: 'ProcessID' }, '9'),
    );
    expect(plain(event(data, system))).toEqual({ Channel: 'Security', Execution_ProcessID: '4', ProcessID: '9' });
  });

  it('leaves RenderingInfo out', () => {
    expect(plain(event(tag('RenderingInfo', { Culture: 'en' }, tag('Message', {}, 'x'))))).toEqual({});
  });

  it('ignores namespace prefixes and declarations', () => {
    const root = tag('e:Event', { 'xmlns:e': 'u' }, tag('e:EventData', {}, tag('e:Data', { Name: 'A' }, 'x')));
    expect(plain(root)).toEqual({ A: 'x' });
  });

  it('takes a hostile name as a name', () => {
    const fields = eventFields(event(tag('EventData', {}, tag('Data', { Name: '__proto__' }, 'x'))));
    expect(Object.keys(fields)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(fields)).toBeNull();
  });

  it('keeps an EventID that is no number as it is', () => {
    expect(plain(event(tag('System', {}, tag('EventID', {}, 'x'))))).toEqual({ EventID: 'x' });
  });
});
