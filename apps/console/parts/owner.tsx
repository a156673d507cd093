import { Button, Input } from 'antd';
import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../data/api.ts';
import type { Triage } from '../data/shapes.ts';
import { useWords } from '../locales/languages.ts';

/** What the API takes. */
const MAX_OWNER = 200;

/** Who works on an incident, to be read and said. */
export function Owner({ uid, owner }: { readonly uid: string; readonly owner: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [typed, type] = useState<string>();
  const set = useMutation({
    mutationFn: (name: string) =>
      ask<Pick<Triage, 'owner'>>(`/api/v1/incidents/${uid}/status`, { method: 'PATCH', body: { owner: name } }),
    onSuccess: (given) => {
      type(undefined);
      client.setQueryData<Triage>(['triage', uid], (before) => before && { ...before, ...given });
      void client.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  if (typed === undefined)
    return (
      <div className="owner">
        <span className={owner ? undefined : 'dim'}>{owner || t('incident.nobody')}</span>{' '}
        <Button size="small" onClick={() => type(owner)}>
          {owner ? t('incident.changeOwner') : t('incident.assign')}
        </Button>
      </div>
    );
  return (
    <form
      className="owner"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(typed.trim());
      }}
    >
      <Input
        autoFocus
        aria-label={t('incident.owner')}
        maxLength={MAX_OWNER}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && type(undefined)}
      />
      <p className="chips">
        <Button htmlType="submit" type="primary" loading={set.isPending}>
          {t('incident.saveOwner')}
        </Button>
        <Button onClick={() => type(undefined)}>{t('incident.cancel')}</Button>
      </p>
      {set.error && <span role="alert">{set.error.message}</span>}
    </form>
  );
}
