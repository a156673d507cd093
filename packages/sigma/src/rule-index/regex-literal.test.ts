import { expect, test } from 'vitest';
import { parseRegex } from '../regex/parse.ts';
import { requiredTexts } from './regex-literal.ts';

const FLAGS = { ignoreCase: false, multiline: false, dotAll: false };

test.each<[source: string, texts: readonly string[] | undefined]>([
  ['PowerShell', ['powershell']],
  ['a.*mimikatz.*b', ['mimikatz']],
  ['cmd(?:\\.exe)? /c', ['cmd.exe /c', 'cmd /c']],
  ['(?:get|set)-content', ['get-content', 'set-content']],
  ['\\d+\\{\\D', ['{']],
  ['[xy]z+', ['z']],
  ['(?:ab){2}', ['abab']],
  ['(?:ab)*c?', undefined],
  ['(?:one|.*)', undefined],
  ['[^a]', undefined],
  ['é', undefined],
  ['\u212a', ['k']],
])('%s needs %o', (source, texts) => {
  expect(requiredTexts(parseRegex(source, FLAGS))).toEqual(texts);
});
