/** The parts of the compiled OCSF schema (made by ocsf-lib's `ocsf.compile`) that the generator reads. */
export interface UpstreamSchema {
  version: string;
  classes: Record<string, UpstreamClass>;
  objects: Record<string, UpstreamItem>;
  profiles: Record<string, UpstreamItem>;
  categories: Record<string, { uid: number; caption: string }>;
}

/** An object or profile of the compiled schema. */
export interface UpstreamItem {
  caption: string;
  description: string | null;
  attributes: Record<string, UpstreamAttribute>;
}

/** An event class of the compiled schema. */
export interface UpstreamClass extends UpstreamItem {
  uid: number;
  category: string;
}

/** An attribute of the compiled schema: every key is present, null where it says nothing. */
export interface UpstreamAttribute {
  caption: string;
  description: string | null;
  type: string;
  is_array: boolean | null;
  requirement: 'required' | 'recommended' | 'optional';
  profile: string | null;
  sibling: string | null;
  enum: Record<string, { caption: string }> | null;
}

/** Rules over several attributes of a class or object. */
export interface UpstreamConstraints {
  at_least_one?: readonly string[];
  just_one?: readonly string[];
}

/** A source file of the schema (events, objects, profiles), as its authors wrote it. */
export interface UpstreamSource {
  name?: string;
  caption?: string;
  extends?: string;
  constraints?: UpstreamConstraints;
  attributes?: Record<string, { profile?: string | null } | string[]>;
}

/** What the generator works from: the resolved schema and the source files it was resolved from. */
export interface Upstream {
  compiled: UpstreamSchema;
  /** Source files by path, e.g. `events/system/file_activity.json`, sorted. */
  sources: ReadonlyMap<string, UpstreamSource>;
}
