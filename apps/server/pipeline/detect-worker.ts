import { answerTasks } from '../thread.ts';
import { Processor, type ProcessorOptions } from './processor.ts';
import type { Unit } from './unit.ts';

// A thread that parses and detects: one unit at a time, in the order in which they come.
answerTasks<ProcessorOptions, Unit>((options) => {
  const processor = new Processor(options);
  return (unit) => processor.process(unit);
});
