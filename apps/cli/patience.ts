import { setFlagsFromString } from 'node:v8';

/**
 * Of all the code that a rule goes through, most runs a few hundred times: V8 would spend a quarter of the CPU time on optimising what has
 * hardly any use of it. Seven times its usual patience costs packs of thousands of rules, and hunts over gigabytes, nothing.
 */
export function beSlowToOptimise(): void {
  setFlagsFromString('--interrupt-budget=1000000');
}
