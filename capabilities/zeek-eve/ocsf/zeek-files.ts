import { present, type FieldReader } from '@yuheng/engine';
import { ClassUid, FingerprintAlgorithmId, NetworkFileActivityId } from '@yuheng/ocsf';
import { baseName, endpoint, fingerprint, listed, texts, type Mapped } from './parts.ts';

/** Network File Activity of files.log: a file that went over the wire. Before Zeek 5.1 its hosts stand in sets of their own. */
export function files(fields: FieldReader): Mapped | undefined {
  const sender = texts(fields.value('tx_hosts'))[0];
  const receiver = texts(fields.value('rx_hosts'))[0];
  const origin = endpoint(fields.text('id.orig_h') ?? receiver, fields.integer('id.orig_p'));
  const target = endpoint(fields.text('id.resp_h') ?? sender, fields.integer('id.resp_p'));
  if (!origin) return undefined;
  const uid = fields.text('fuid');
  const path = fields.text('filename');
  const name = path === undefined ? (uid ?? 'unknown') : baseName(path);
  const file = {
    name,
    uid,
    path,
    type_id: 1,
    mime_type: fields.text('mime_type'),
    size: fields.integer('total_bytes', 'seen_bytes'),
    hashes: listed(
      fingerprint(FingerprintAlgorithmId.MD5, fields.text('md5')),
      fingerprint(FingerprintAlgorithmId.SHA1, fields.text('sha1')),
      fingerprint(FingerprintAlgorithmId.SHA256, fields.text('sha256')),
    ),
  };
  const protocol = fields.text('source')?.toLowerCase();
  const activityId = fields.value('is_orig') === true ? NetworkFileActivityId.Upload : NetworkFileActivityId.Download;
  const attributes = {
    src_endpoint: origin,
    dst_endpoint: target,
    file: present(file),
    app_protocol_name: protocol,
    actor: { app_name: protocol ?? 'unknown' },
  };
  return {
    classUid: ClassUid.NetworkFileActivity,
    activityId,
    attributes: present(attributes) ?? {},
    profiles: ['host'],
  };
}
