import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { agreeBench, bytesAgreeBench } from './agree.ts';
import { coldBench } from './cold.ts';
import { detectBench } from './detect.ts';
import { evtxBench } from './evtx.ts';
import { growthBench } from './growth.ts';
import { huntBench } from './hunt.ts';
import { intakeBench } from './intake.ts';
import { lakeBench } from './lake.ts';
import type { Figures } from './measure.ts';
import { rulesBench } from './rules.ts';
import { startBench } from './start.ts';

// `npm run bench -- <name> [--json]`: figures against a floor or a peer in one run, medians. No record is claimed where it was not measured.

const BENCHES: { readonly [name: string]: (corpus: string) => Promise<Figures> } = {
  agree: agreeBench,
  'agree-bytes': bytesAgreeBench,
  cold: coldBench,
  detect: detectBench,
  evtx: evtxBench,
  growth: growthBench,
  hunt: huntBench,
  intake: intakeBench,
  lake: lakeBench,
  rules: rulesBench,
  start: startBench,
};

const [name = '', ...flags] = process.argv.slice(2);
const corpus = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
const bench = BENCHES[name];
if (!bench || !existsSync(corpus)) {
  process.stderr.write(
    `npm run bench -- <${Object.keys(BENCHES).join('|')}> [--json]; the public corpus must lie at ${corpus} (YUHENG_CORPUS).\n`,
  );
  process.exitCode = 2;
} else {
  const figures = await bench(corpus);
  if (flags.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else for (const [figure, value] of Object.entries(figures)) process.stdout.write(`${figure.padEnd(34)} ${value}\n`);
}
