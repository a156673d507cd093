import { LakeChild } from '../lake-child.ts';

// A process of its own that holds a lake until it is killed, for tests of what remains.

const [folder, entry] = process.argv.slice(2);
const lake = await LakeChild.start({ folder: folder!, entry: entry!, log: () => {} });
process.stdout.write(`${lake.pid}\n`);
