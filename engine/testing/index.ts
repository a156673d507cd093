export { corpus, corpusFile, corpusFiles, corpusText, hasCorpus } from './corpus.ts';
export { missesIn, summarise, type Miss } from './misses.ts';
export { recordsOf, sourceIn } from './records.ts';
