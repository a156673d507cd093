/** As `String`, for what comes from the world: an object may call itself anything (`{"toString":1}`), and `String` would throw. */
export function plainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? '[object]' : String(value);
}
