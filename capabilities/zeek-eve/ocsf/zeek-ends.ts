import { present, type FieldReader } from '@yuheng/engine';
import { endpoint, type Attributes } from './parts.ts';

/** Both ends of Zeek's connection, and its id; what most log streams begin with. */
export function ends(fields: FieldReader): Attributes {
  const source = endpoint(fields.text('id.orig_h'), fields.integer('id.orig_p'), { mac: mac(fields, 'orig_l2_addr') });
  const target = endpoint(fields.text('id.resp_h'), fields.integer('id.resp_p'), { mac: mac(fields, 'resp_l2_addr') });
  return present({ src_endpoint: source, dst_endpoint: target, connection_info: connection(fields) }) ?? {};
}

function mac(fields: FieldReader, name: string): string | undefined {
  const text = fields.text(name);
  return text !== undefined && /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) ? text : undefined;
}

/** OCSF `network_connection_info`, with Zeek's uid, by which all streams tell of one connection. */
function connection(fields: FieldReader): Attributes | undefined {
  const told = present({
    uid: fields.text('uid'),
    protocol_name: fields.text('proto')?.toLowerCase(),
    flag_history: fields.text('history'),
    community_uid: fields.text('community_id'),
  });
  return told && { ...told, direction_id: direction(fields) };
}

/** OCSF `direction_id`: 1 inbound, 2 outbound, 3 lateral, 0 where Zeek was not told which networks are local. */
function direction(fields: FieldReader): number {
  const [origin, responder] = [fields.value('local_orig'), fields.value('local_resp')];
  if (origin === true && responder === true) return 3;
  if (origin === true && responder === false) return 2;
  return origin === false && responder === true ? 1 : 0;
}
