import {
  choice,
  descend,
  first,
  isObject,
  joined,
  NOTHING,
  path,
  readAddress,
  scalarAt,
  type Answer,
  type Fields,
  type WebAddress,
} from '@yuheng/engine';

/** `DOMAIN\name` of an OCSF `user`, or the name alone. */
export function account(user: string): Answer {
  return joined('\\', `${user}.domain`, `${user}.name`);
}

/** What event logs call OCSF's `algorithm_id` of a fingerprint. */
const ALGORITHMS: { readonly [id: string]: string } = { 1: 'MD5', 2: 'SHA1', 3: 'SHA256', 4: 'SHA512' };

/** OCSF `fingerprint`s as Sysmon writes them: `SHA1=…,MD5=…,IMPHASH=…`. Mappings leave out hashes of nothing but zeros. */
export function hashes(from: string): Answer {
  const zeros = ['MD5', 'SHA1', 'SHA256', 'IMPHASH'].flatMap((name) =>
    [32, 40, 64].map((digits) => `${name}=${'0'.repeat(digits)}`),
  );
  return {
    from: `${from}[].algorithm + = + ${from}[].value`,
    loses: [...NOTHING, ...zeros],
    read(fields) {
      const list = descend(fields, from);
      if (!Array.isArray(list)) return undefined;
      const told = list.filter(isObject).flatMap((each) => {
        const value = scalarAt(each, 'value');
        const name = ALGORITHMS[scalarAt(each, 'algorithm_id') ?? ''] ?? scalarAt(each, 'algorithm');
        return value === undefined || name === undefined ? [] : [`${name}=${value}`];
      });
      return told.length > 0 ? told.join(',') : undefined;
    },
  };
}

/** A number in hexadecimal, as Windows writes masks: `0x1410`. */
export function hexadecimal(from: string): Answer {
  return {
    from: `${from}, hexadecimal`,
    loses: NOTHING,
    read(fields) {
      const value = descend(fields, from);
      return Number.isSafeInteger(value) ? `0x${(value as number).toString(16)}` : undefined;
    },
  };
}

/** What a registry value was set to, as Sysmon writes it: text, or `DWORD (0x00000001)`. */
export function registryData(from: string): Answer {
  const number: Answer = {
    from: `${from}.reg_integer_data as DWORD (0x…)`,
    loses: NOTHING,
    read(fields) {
      const value = descend(fields, `${from}.reg_integer_data`);
      const isDouble = scalarAt(fields, `${from}.type_id`) === '2';
      if (!isDouble || !Number.isSafeInteger(value) || (value as number) < 0) return undefined;
      return `DWORD (0x${(value as number).toString(16).padStart(8, '0')})`;
    },
  };
  return first(number, path(`${from}.reg_string_data`), path(`${from}.data`));
}

const AUTHORITY = /^[a-z][a-z0-9+.-]{0,31}:\/\/[^/?#]*/i;

/** A part of the address in an OCSF `url`, in the spellings in which rules meet it. A whole URL reads like the address that a server is sent. */
export function address(from: string, part: keyof WebAddress): Answer {
  return {
    from: `${from}.url_string, else ${from}.path + ? + ${from}.query_string`,
    loses: NOTHING,
    read(fields) {
      const uri = sentAddress(fields, from);
      if (uri === undefined) return undefined;
      const question = uri.indexOf('?');
      if (question < 0) return readAddress(uri, undefined)[part];
      return readAddress(uri.slice(0, question), uri.slice(question + 1))[part];
    },
  };
}

function sentAddress(fields: Fields, from: string): string | undefined {
  const [stem, whole, query] = ['path', 'url_string', 'query_string'].map((name) =>
    scalarAt(fields, `${from}.${name}`),
  );
  if (whole === undefined) return stem === undefined || query === undefined ? stem : `${stem}?${query}`;
  return stem?.startsWith('/') ? whole.replace(AUTHORITY, '') : whole;
}

/** OCSF's integrity levels, as Sysmon writes them. */
export function integrity(process: string): Answer {
  const levels = { 1: 'Untrusted', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'System', 6: 'Protected' };
  return first(path(`${process}.integrity`), choice(`${process}.integrity_id`, levels));
}
