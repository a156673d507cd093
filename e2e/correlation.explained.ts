/** OTRF sets that are not told as one story, each with its cause. */
export const EXPLAINED: { readonly [set: string]: string } = {};
