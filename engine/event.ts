import type { Metadata } from '@yuheng/ocsf';

/** An OCSF object of any class, as far as the engine reads it; `packages/ocsf` types and validates each class. */
export interface OcsfEvent {
  class_uid: number;
  category_uid: number;
  activity_id: number;
  type_uid: number;
  severity_id: number;
  /** ms since 1970. */
  time: number;
  metadata: OcsfMetadata;
  [attribute: string]: unknown;
}

/** OCSF `metadata` with what the house puts into every one. */
export type OcsfMetadata = Metadata & { uid: string; tenant_uid: string };
