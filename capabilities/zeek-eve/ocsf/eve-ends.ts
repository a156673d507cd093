import { present, type FieldReader } from '@yuheng/engine';
import { endpoint, type Attributes } from './parts.ts';

/** Both ends of a packet or flow, and Suricata's id of it; what all events but statistics begin with. */
export function eveEnds(fields: FieldReader): Attributes {
  const flow = fields.value('flow_id');
  const protocol = fields.text('proto')?.toLowerCase();
  const connection = present({
    uid: typeof flow === 'number' || typeof flow === 'string' ? String(flow) : undefined,
    protocol_name: protocol,
    community_uid: fields.text('community_id'),
  });
  const attributes = {
    src_endpoint: endpoint(fields.text('src_ip'), fields.integer('src_port')),
    dst_endpoint: endpoint(fields.text('dest_ip'), fields.integer('dest_port')),
    connection_info: connection && { ...connection, direction_id: 0 },
  };
  return present(attributes) ?? {};
}
