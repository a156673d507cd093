import type { Language, Record } from '@yuheng/engine';
import { YuhengError } from '../../errors.ts';
import { reasonCounts, refusalText } from '../../text/reasons.ts';
import type { EventPlace, Losses } from './read.ts';
import { SHOWN_RECORDS } from './record.ts';

/** Finds the record of a number: EventRecordID, as findings name it, else the position in its file. */
export class AskedRecords {
  readonly #place: EventPlace;
  readonly #byId: Record[] = [];
  readonly #byNumber: Record[] = [];

  constructor(place: EventPlace) {
    this.#place = place;
  }

  see(record: Record): void {
    const asked = this.#place.record;
    if (String(record.recordId) === asked && this.#byId.length < SHOWN_RECORDS) this.#byId.push(record);
    if (String(record.number) === asked && this.#byNumber.length < SHOWN_RECORDS) this.#byNumber.push(record);
  }

  /** What was found; throws where there is none. */
  found(losses: Losses): readonly Record[] {
    const found = this.#byId.length > 0 ? this.#byId : this.#byNumber;
    if (found.length > 0) return found;
    throw noRecord(this.#place, losses);
  }
}

function noRecord({ path, record }: EventPlace, losses: Losses): YuhengError {
  const place = JSON.stringify(path);
  const lost = Object.keys(losses.refused).length + Object.keys(losses.unparsed).length > 0;
  if (lost)
    return new YuhengError('YH-NO-RECORD', {
      en: `No record ${record} of ${place} could be read. ${lossesText(losses, 'en')}`,
      'zh-CN': `${place} 中没有可读取的第 ${record} 条记录。${lossesText(losses, 'zh-CN')}`,
    });
  return new YuhengError('YH-NO-RECORD', {
    en: `There is no record ${record} in ${place}. Give an EventRecordID or a position that is in the file, or leave it out.`,
    'zh-CN': `${place} 中没有第 ${record} 条记录。请给出文件中存在的 EventRecordID 或序号，或省略它。`,
  });
}

/** What became of what is no record, and why. */
function lossesText({ refusals, refused, unparsed }: Losses, language: Language): string {
  const all = Object.values(refused).reduce((sum, count) => sum + count, 0);
  const told = refusals.map(({ reason, detail }) => refusalText(reason, detail, language));
  if (all > told.length) told.push('…');
  const open = reasonCounts(unparsed, language);
  const [wasRefused, notUnderstood, end] =
    language === 'en' ? ['Refused: ', 'Not understood: ', '. '] : ['拒收：', '未解析：', '。'];
  const sentences = [
    ...(told.length > 0 ? [`${wasRefused}${told.join('; ')}`] : []),
    ...(open ? [`${notUnderstood}${open}`] : []),
  ];
  return sentences
    .map((sentence) => sentence + end)
    .join('')
    .trim();
}
