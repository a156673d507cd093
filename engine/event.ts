/** An OCSF object: what `packages/ocsf` types and validates. */
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

/** OCSF `metadata`, as far as the engine fills it. */
export interface OcsfMetadata {
  version: string;
  uid: string;
  product: { name: string; vendor_name?: string };
  tenant_uid: string;
  profiles?: readonly string[];
  [attribute: string]: unknown;
}
