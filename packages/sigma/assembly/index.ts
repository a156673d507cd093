// What the package runs as WebAssembly.
export { addField, nameAt, read, reserve, valuesAt } from './json-line';
export { allocate, release } from './memory';
export { mayHold } from './sieve';
export { walk } from './automaton';
export { hashOf, isSame } from './values';
