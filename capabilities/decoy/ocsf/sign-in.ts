import { type FieldReader, type Mapping } from '@yuheng/engine';
import { AuthenticationActivityId, AuthProtocolId, ClassUid, StatusId } from '@yuheng/ocsf';

/** OCSF logon type of a sign-in over the network. */
const NETWORK = 3;

/** An attempt to sign in to an SSH decoy as OCSF Authentication, which always fails; `undefined` for a visitor who tried nothing. */
export function signIn(fields: FieldReader): Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> | undefined {
  const method = fields.text('auth-method');
  if (method === undefined) return undefined;
  return {
    classUid: ClassUid.Authentication,
    activityId: AuthenticationActivityId.Logon,
    attributes: {
      user: { name: fields.text('cs-username') ?? '' },
      auth_protocol_id: AuthProtocolId.Other,
      auth_protocol: method,
      service: { name: 'ssh' },
      logon_type_id: NETWORK,
      is_remote: true,
      status_id: StatusId.Failure,
    },
  };
}
