export type {
  Capability,
  LogsourceCondition,
  LogsourceEntry,
  Mapping,
  Skimmed,
  ParseContext,
  Parser,
  Source,
  Text,
} from './capability.ts';
export type { KnownPiece, LogFile, RandomAccess, Spill, SpilledRun, UnreadableFile } from './ports/files.ts';
export type { FrameOptions, Refusal } from './framing/options.ts';
export { HEAD_BYTES, readHead, type Head } from './head.ts';
export { isObject, lineShare, recognise, valueShare } from './recognise.ts';
export { newFields, uidOf, type Fields, type Frame, type Origin, type Record, type TimeAssumption } from './record.ts';
export { formatInstant, readEpochSeconds, readIsoTime, utcMilliseconds, zoneMinutes, type Instant } from './time.ts';
export { lines } from './framing/lines.ts';
export { isObjectLine, jsonValues } from './framing/json.ts';
export { jsonPieces, linePieces, type Divide } from './framing/pieces.ts';
export { parseXml, xmlElements } from './framing/xml.ts';
export { FieldReader, present } from './field-reader.ts';
export { byteOrderMark, isEncoding, keepsLineFeed } from './framing/encoding.ts';
export { isZone, zoneOffset } from './zone.ts';
export { Counts } from './counts.ts';
export { askEach, Detector, type Hit, type MakeMatcher } from './detect.ts';
export { Indexes } from './indexes.ts';
export { LogsourceMap, type Logsource } from './logsource.ts';
export { readAddress, type WebAddress } from './web-address.ts';
export { RecordView } from './view.ts';
export { choice, first, joined, NOTHING, path, type Answer } from './aliases/answer.ts';
export { FieldTable, type Answers } from './aliases/field-table.ts';
export { descend, fieldAt, scalarAt } from './aliases/field-path.ts';
export type { Reading } from './aliases/reading.ts';
export { coverageOf, type Coverage } from './aliases/coverage.ts';
export { lackOf, type Lack } from './aliases/lack.ts';
export { normalize } from './normalize.ts';
export { parse, peekFile } from './parse.ts';
export { conclude, inspect } from './pipeline.ts';
export { Conclusion, type Decided } from './conclude.ts';
export { Setup, type FileOutcome } from './setup.ts';
export { ExternalSort } from './external-sort.ts';
export { compareOrder, compareText } from './order.ts';
export type { MatchedEvent } from './match.ts';
export type { PlacedFinding, Finding } from './finding.ts';
export type { IncidentFinding } from './incident.ts';
export { firstYear, YearCounter } from './year.ts';
export { isLevel, levelOf, LEVELS, severityOf, type Level } from './severity.ts';
export { LANGUAGES, levelName, tacticName, type Language } from './words.ts';
export { entitiesOf, type Entity, type EntityKind } from './entities.ts';
export { compareInstants } from './time.ts';
export { memoryFile, memorySpill } from './memory.ts';
export { prove, Prover } from './proof.ts';
export { readRuleCases, RuleCasesError, runRuleCases, type FailedCase, type RuleCases } from './rule-cases.ts';
export { ruleMutants } from './rule-mutants.ts';
export { readScenario, runScenario } from './scenario.ts';
export { ruleTranslations, titleIn, type Translations } from './translations.ts';
export { maturityOf, type Suite } from './maturity.ts';
export { factsOf, type Facts } from './story/facts.ts';
export { sentence, type Piece } from './story/sentence.ts';
export { nextSteps } from './story/steps.ts';
export {
  SearchError,
  type Lake,
  type LakeCount,
  type LakeDay,
  type LakeDisk,
  type LakeFinding,
  type LakeRow,
  type SearchResult,
} from './ports/lake.ts';
export type {
  Batch,
  Journal,
  LedgerRow,
  NewBatch,
  Receipt,
  SettledBatch,
  StreamCheckpoint,
  StreamKey,
} from './ports/journal.ts';
export type { StreamState } from './live/stream-state.ts';
export { countLines, frameBody, TooManyRecords } from './live/frame-body.ts';
export { rowLine } from './live/lake-row.ts';
export { processBatch } from './live/process-batch.ts';
export {
  SCOPES,
  STATUSES,
  type ConclusionMark,
  type Directory,
  type FindingKind,
  type FindingStore,
  type IncidentFilter,
  type KeptFinding,
  type ListedFinding,
  type MatchNews,
  type MatchStore,
  type Page,
  type Revision,
  type Scope,
  type Status,
  type StoredKey,
  type StoredSession,
  type TriageStore,
} from './ports/state.ts';
export {
  NOTICE_CHANNELS,
  NOTICE_STATES,
  noticePlace,
  type NewNotice,
  type Notice,
  type NoticeChannel,
  type NoticeCount,
  type NoticeFeed,
  type NoticeOutcome,
  type NoticeState,
  type NoticeStore,
} from './ports/notices.ts';
export { silencePlace, type Arrival, type KeptSilence, type Silence, type SilenceStore } from './ports/silence.ts';
export type { Order } from './order.ts';
export { plainText } from './plain-text.ts';
export { keepFinding, TenantConcluder } from './live/concluder.ts';
export { previewFindings } from './judge.ts';
