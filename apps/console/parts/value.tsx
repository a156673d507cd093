import { Dropdown } from 'antd';
import { filterHref, type FilterName } from '../data/filters.ts';
import { go } from '../data/address.ts';
import { useWords } from '../locales/languages.ts';

/** A value from an event with what can be done with it. Without a field of its own it is looked for in the raw record. */
export function Value({ field, value }: { readonly field: FilterName | undefined; readonly value: string }) {
  const { t } = useWords();
  const items = [
    { key: 'only', label: t('pivot.only'), onClick: () => go(filterHref(field ?? 'text', value)) },
    ...(field ? [{ key: 'not', label: t('pivot.not'), onClick: () => go(filterHref(`-${field}`, value)) }] : []),
    { key: 'copy', label: t('pivot.copy'), onClick: () => void navigator.clipboard.writeText(value) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className="val" title={t('pivot.label', { value })}>
        {value}
      </button>
    </Dropdown>
  );
}
