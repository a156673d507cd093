import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

test('the README shows the second example as it is', () => {
  expect(read('README.md')).toContain(`\`\`\`ts\n${read('example-index.ts')}\`\`\``);
});

test('the example of the README runs and prints what the README says', async () => {
  expect(read('README.md')).toContain(`\`\`\`ts\n${read('example.ts')}\`\`\``);
  const printed: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  await import('../example.ts');
  log.mockRestore();
  expect(printed[0]).toBe('Many failed logons of one user: TargetUserName alice, at record 5, 3 matches');
  expect(read('README.md')).toContain(printed[0] as string);
  expect(printed[1]).toMatchObject([{ selection: 'filter_machine', actual: ['PC7$'], matched: true, negated: true }]);
});
