/** The pages that can be gone to from anywhere, with their letters. */
export const PAGES = [
  { name: 'incidents', path: '/', letter: 'i' },
  { name: 'events', path: '/events', letter: 'v' },
  { name: 'sources', path: '/sources', letter: 's' },
  { name: 'operations', path: '/operations', letter: 'o' },
] as const;
