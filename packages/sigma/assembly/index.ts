// AssemblyScript: what the package runs as WebAssembly, compiled by the build.
export { read, reserve, valuesAt } from './json-line';
export { addField, nameAt } from './names';
export { allocate, release } from './memory';
export { mayHold } from './sieve';
export { walk } from './automaton';
export { hashOf, isSame } from './values';
