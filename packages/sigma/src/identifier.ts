const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, in either case (RFC 9562, section 4). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** An id or name in the form in which it is compared: UUIDs mean the same in either case, other texts only themselves. */
export function canonicalId(id: string): string {
  return isUuid(id) ? id.toLowerCase() : id;
}

/** Whether two ids or names are the same; UUIDs are so in either case. */
export function isSameId(one: string, other: string | undefined): boolean {
  if (one === other) return true;
  return other !== undefined && one.toLowerCase() === other.toLowerCase() && isUuid(one);
}
