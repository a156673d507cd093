import { percentDecoded } from './percent.ts';

/** A requested address as rules meet it: a part that reads differently percent-decoded is the list of both spellings. */
export interface WebAddress {
  /** Path and query. */
  readonly uri: string | readonly string[];
  /** The path. */
  readonly stem: string | readonly string[];
  /** The query, and the whole address, because most public rules mean that when they say query. */
  readonly query: string | readonly string[];
  /** Of the path, in lower case. */
  readonly extension?: string;
}

/** Reads an address that was sent as `stem`, or as `stem?query`. */
export function readAddress(stem: string, query: string | undefined): WebAddress {
  const uri = query === undefined ? stem : `${stem}?${query}`;
  const path = percentDecoded(stem);
  const decoded = query === undefined ? path : `${path}?${percentDecoded(query.replaceAll('+', ' '))}`;
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(path)?.[1]?.toLowerCase();
  return {
    uri: spellings(uri, decoded),
    stem: spellings(stem, path),
    query: spellings(...(query === undefined ? [] : [query]), uri, decoded),
    ...(extension === undefined ? {} : { extension }),
  };
}

function spellings(...texts: readonly string[]): string | readonly string[] {
  const different = [...new Set(texts)];
  return different.length === 1 ? different[0]! : different;
}
