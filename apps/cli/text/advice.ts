import type { Language } from '@yuheng/engine';

/** What to do about records that were refused, by reason. */
const ADVICE: { readonly [reason: string]: { readonly [language in Language]: string } } = {
  'too-long': {
    en: 'Raise --max-record-bytes if such records are wanted.',
    'zh-CN': '若需要这样的记录，请调大 --max-record-bytes。',
  },
  'too-deep': {
    en: 'Nothing that logs nests so deep; look at what wrote the file.',
    'zh-CN': '正常日志不会嵌套这么深，请检查写出该文件的程序。',
  },
  truncated: { en: 'The file was cut; copy it again if you can.', 'zh-CN': '文件不完整，请尽量重新拷贝。' },
  damaged: {
    en: 'The rest was read; compare with another copy if you have one.',
    'zh-CN': '其余部分已读取；如有其他副本请对照。',
  },
  'not-json': { en: 'The values around it were read.', 'zh-CN': '其前后的值已读取。' },
  'unknown-format': {
    en: 'If it is a log, tell us its format; else leave it out.',
    'zh-CN': '如果是日志，请告诉我们其格式；否则可以忽略。',
  },
  encrypted: { en: 'Unpack it with its password first.', 'zh-CN': '请先用密码解开。' },
};

/** The advice for a reason; '' where the detail says it already. */
export function adviceFor(reason: string, language: Language): string {
  return ADVICE[reason]?.[language] ?? '';
}
