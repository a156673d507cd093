/** How far a capability is: it runs; its scenarios pass; a public suite with others' answers passes, and the figure is known. */
export type Maturity = 'preview' | 'works' | 'proved';

/** A public suite that a capability was held against. `proof.json` beside it holds these; a test keeps the figures true. */
export interface Suite {
  readonly suite: string;
  readonly passed: number;
  readonly total: number;
  /** The share that must pass for the capability to count as proved. */
  readonly least: number;
}

/** Maturity is computed, not claimed. */
export function maturityOf(scenariosPass: boolean, suites: readonly Suite[]): Maturity {
  if (!scenariosPass) return 'preview';
  const proved = suites.length > 0 && suites.every(({ passed, total, least }) => passed / total >= least);
  return proved ? 'proved' : 'works';
}
