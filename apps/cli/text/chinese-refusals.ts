/** What the readers of formats say of records that they refuse, and what it is in Chinese; `{}` as in the sentences about rules. */
export const REFUSAL_SENTENCES: readonly (readonly [english: string, chinese: string])[] = [
  ['no log format begins with {}', '没有日志格式以 {} 开头'],
  ['line {} has {} bytes, at most {} are read', '第 {} 行有 {} 字节，最多读取 {} 字节'],
  ['line {} nests over {} deep', '第 {} 行嵌套超过 {} 层'],
  ['value {} has {} characters, at most {} are read', '第 {} 个值有 {} 个字符，最多读取 {} 个'],
  ['value {} nests {} deep, at most {} is read', '第 {} 个值嵌套 {} 层，最多读取 {} 层'],
  ['a JSON value begins here and is cut off by the next one', '此处开始的 JSON 值被下一个值截断'],
  ['a JSON value begins here and the file ends before it does', '此处开始的 JSON 值没有结束，文件已经结束'],
  ['text between JSON values: {}', 'JSON 值之间的文本：{}'],
  ['element {} has {} characters, at most {} are read', '第 {} 个元素有 {} 个字符，最多读取 {} 个'],
  ['an element begins here and the file ends before {}', '此处开始的元素没有结束，文件在 {} 之前结束'],
  [
    'an element begins here and is cut off by the next one, {} characters on',
    '此处开始的元素在 {} 个字符后被下一个截断',
  ],
];
