import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../data/api.ts';
import { STATUSES, type Status, type Triage } from '../data/shapes.ts';
import { useWords } from '../locales/languages.ts';
import { Owner } from './owner.tsx';
import { Answered } from './states.tsx';

/** The state of an incident and who works on it, to be read and set. A false positive asks for its reason first. */
export function TriageState({ uid }: { readonly uid: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [reason, setReason] = useState<string>();
  const path = `/api/v1/incidents/${uid}/status`;
  const triage = useQuery({ queryKey: ['triage', uid], queryFn: () => ask<Triage>(path) });
  const set = useMutation({
    mutationFn: (body: Omit<Triage, 'owner'>) => ask<{ status: Status }>(path, { method: 'PUT', body }),
    onSuccess: (_, body) => {
      setReason(undefined);
      client.setQueryData<Triage>(['triage', uid], (before) => before && { ...before, ...body });
      void client.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  const choose = (status: Status): void =>
    status === 'false-positive' ? setReason('') : set.mutate({ status, reason: '' });
  return (
    <Answered query={triage}>
      {({ status, reason: given, owner }) => (
        <>
          <Select<Status>
            aria-label={t('incident.setStatus')}
            value={reason === undefined ? status : 'false-positive'}
            loading={set.isPending}
            options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            onChange={choose}
            className="status"
          />
          {reason === undefined ? (
            <span className="dim block">{given}</span>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                set.mutate({ status: 'false-positive', reason: reason.trim() });
              }}
            >
              <label>
                {t('incident.reason')}
                <Input.TextArea
                  autoFocus
                  rows={3}
                  maxLength={2_000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </label>
              <Button htmlType="submit" type="primary" disabled={reason.trim() === ''} loading={set.isPending}>
                {t('incident.saveReason')}
              </Button>{' '}
              <Button onClick={() => setReason(undefined)}>{t('incident.cancel')}</Button>
            </form>
          )}
          <span role="status" className="block">
            {set.isSuccess && t('incident.saved', { status: t(`status.${status}`) })}
          </span>
          {set.error && <span role="alert">{set.error.message}</span>}
          <Owner uid={uid} owner={owner} />
        </>
      )}
    </Answered>
  );
}
