/**
 * What a user's SQL may call: functions that only compute from what they are given. Not here, and so refused: whatever reads files, tables,
 * dictionaries, models, settings or the machine, reaches the network, sleeps, or throws on purpose. Names of ClickHouse 26.7.
 */
const PLAIN = `
# Comparison, logic, conditions and NULL
  and assumeNotNull clamp coalesce equals firstNonDefault globalIn globalNotIn globalNotNullIn globalNullIn greater greaterOrEquals
  greatest if ifNull in isDistinctFrom isNotDistinctFrom isNotNull isNull isNullable isZeroOrNull least less lessOrEquals multiIf
  not notEquals notIn notNullIn nullIf nullIn or toNullable xor caseWithoutExpr caseWithoutExpression
# Arithmetic, mathematics, rounding, bits
  abs acos acosh asin asinh atan atan2 atanh avg2 bitAnd bitCount bitHammingDistance bitNot bitOr bitRotateLeft bitRotateRight
  bitShiftLeft bitShiftRight bitSlice bitTest bitTestAll bitTestAny bitXor byteSwap cbrt ceil cos cosh degrees divide divideDecimal
  divideOrNull e erf erfc exp exp10 exp2 factorial floor gcd hypot ifNotFinite intDiv intDivOrNull intDivOrZero intExp10 intExp2
  isFinite isInfinite isNaN isPrime isProbablePrime lcm lgamma log log10 log1p log2 max2 midpoint min2 minus modulo moduloLegacy
  moduloOrNull moduloOrZero multiply multiplyDecimal negate pi plus positiveModulo positiveModuloOrNull pow proportionsZTest radians
  round roundAge roundBankers roundDown roundDuration roundToExp2 sigmoid sign sin sinh sqr sqrt tan tanh tgamma trunc widthBucket
  ceiling ln mod modOrNull pmod pmodOrNull positive_modulo positive_modulo_or_null power truncate width_bucket
# Conversion
  CAST DATE accurateCast accurateCastOrDefault accurateCastOrNull fromUnixTimestamp64Micro fromUnixTimestamp64Milli
  fromUnixTimestamp64Nano fromUnixTimestamp64Second parseDateTime parseDateTime32BestEffort parseDateTime32BestEffortOrNull
  parseDateTime32BestEffortOrZero parseDateTime64 parseDateTime64BestEffort parseDateTime64BestEffortOrNull
  parseDateTime64BestEffortOrZero parseDateTime64BestEffortUS parseDateTime64BestEffortUSOrNull parseDateTime64BestEffortUSOrZero
  parseDateTime64InJodaSyntax parseDateTime64InJodaSyntaxOrNull parseDateTime64InJodaSyntaxOrZero parseDateTime64OrNull
  parseDateTime64OrZero parseDateTimeBestEffort parseDateTimeBestEffortOrNull parseDateTimeBestEffortOrZero
  parseDateTimeBestEffortUS parseDateTimeBestEffortUSOrNull parseDateTimeBestEffortUSOrZero parseDateTimeInJodaSyntax
  parseDateTimeInJodaSyntaxOrNull parseDateTimeInJodaSyntaxOrZero parseDateTimeOrNull parseDateTimeOrZero toBool toDate toDate32
  toDate32OrDefault toDate32OrNull toDate32OrZero toDateOrDefault toDateOrNull toDateOrZero toDateTime toDateTime32 toDateTime64
  toDateTime64OrDefault toDateTime64OrNull toDateTime64OrZero toDateTimeOrDefault toDateTimeOrNull toDateTimeOrZero toDecimal128
  toDecimal128OrDefault toDecimal128OrNull toDecimal128OrZero toDecimal256 toDecimal256OrDefault toDecimal256OrNull
  toDecimal256OrZero toDecimal32 toDecimal32OrDefault toDecimal32OrNull toDecimal32OrZero toDecimal64 toDecimal64OrDefault
  toDecimal64OrNull toDecimal64OrZero toDecimalString toFixedString toFloat32 toFloat32OrDefault toFloat32OrNull toFloat32OrZero
  toFloat64 toFloat64OrDefault toFloat64OrNull toFloat64OrZero toInt128 toInt128OrDefault toInt128OrNull toInt128OrZero toInt16
  toInt16OrDefault toInt16OrNull toInt16OrZero toInt256 toInt256OrDefault toInt256OrNull toInt256OrZero toInt32 toInt32OrDefault
  toInt32OrNull toInt32OrZero toInt64 toInt64OrDefault toInt64OrNull toInt64OrZero toInt8 toInt8OrDefault toInt8OrNull toInt8OrZero
  toInterval toIntervalDay toIntervalHour toIntervalMicrosecond toIntervalMillisecond toIntervalMinute toIntervalMonth
  toIntervalNanosecond toIntervalQuarter toIntervalSecond toIntervalWeek toIntervalYear toLowCardinality toString toStringCutToZero
  toTime toTime64 toTime64OrNull toTime64OrZero toTimeOrNull toTimeOrZero toUInt128 toUInt128OrDefault toUInt128OrNull
  toUInt128OrZero toUInt16 toUInt16OrDefault toUInt16OrNull toUInt16OrZero toUInt256 toUInt256OrDefault toUInt256OrNull
  toUInt256OrZero toUInt32 toUInt32OrDefault toUInt32OrNull toUInt32OrZero toUInt64 toUInt64OrDefault toUInt64OrNull toUInt64OrZero
  toUInt8 toUInt8OrDefault toUInt8OrNull toUInt8OrZero toUUID toUUIDOrZero toUnixTimestamp64Micro toUnixTimestamp64Milli
  toUnixTimestamp64Nano toUnixTimestamp64Second TO_UNIXTIME str_to_date
# Texts
  CRC32 CRC32IEEE CRC64 alphaTokens appendTrailingCharIfAbsent arrayStringConcat ascii base32Decode base32Encode base58Decode
  base58Encode base64Decode base64Encode base64URLDecode base64URLEncode basename bin bitPositionsToArray bitmaskToArray
  bitmaskToList byteHammingDistance caseFoldUTF8 char compareSubstrings concat concatAssumeInjective concatWithSeparator
  concatWithSeparatorAssumeInjective conv countMatches countMatchesCaseInsensitive countSubstrings countSubstringsCaseInsensitive
  countSubstringsCaseInsensitiveUTF8 damerauLevenshteinDistance decodeHTMLComponent decodeXMLComponent editDistance editDistanceUTF8
  encodeXMLComponent endsWith endsWithCaseInsensitive endsWithCaseInsensitiveUTF8 endsWithUTF8 extract extractAll
  extractAllGroupsHorizontal extractAllGroupsVertical extractGroups extractTextFromHTML firstLine format hasAllTokens hasAnyTokens
  hasPhrase hasSubsequence hasSubsequenceCaseInsensitive hasSubsequenceCaseInsensitiveUTF8 hasSubsequenceUTF8 hasToken
  hasTokenCaseInsensitive hasTokenCaseInsensitiveOrNull hasTokenOrNull hex highlight hilbertDecode hilbertEncode ilike initcap
  initcapUTF8 isValidASCII isValidUTF8 jaroSimilarity jaroWinklerSimilarity left leftPad leftPadUTF8 leftUTF8 lengthUTF8 like locate
  lower lowerUTF8 match mortonDecode mortonEncode multiFuzzyMatchAllIndices multiFuzzyMatchAny multiFuzzyMatchAnyIndex
  multiMatchAllIndices multiMatchAny multiMatchAnyIndex multiSearchAllPositions multiSearchAllPositionsCaseInsensitive
  multiSearchAllPositionsCaseInsensitiveUTF8 multiSearchAllPositionsUTF8 multiSearchAny multiSearchAnyCaseInsensitive
  multiSearchAnyCaseInsensitiveUTF8 multiSearchAnyUTF8 multiSearchFirstIndex multiSearchFirstIndexCaseInsensitive
  multiSearchFirstIndexCaseInsensitiveUTF8 multiSearchFirstIndexUTF8 multiSearchFirstPosition
  multiSearchFirstPositionCaseInsensitive multiSearchFirstPositionCaseInsensitiveUTF8 multiSearchFirstPositionUTF8 naturalSortKey
  ngramDistance ngramDistanceCaseInsensitive ngramDistanceCaseInsensitiveUTF8 ngramDistanceUTF8 ngramSearch
  ngramSearchCaseInsensitive ngramSearchCaseInsensitiveUTF8 ngramSearchUTF8 ngrams notILike notLike overlay overlayUTF8 position
  positionCaseInsensitive positionCaseInsensitiveUTF8 positionUTF8 printf regexpExtract regexpPosition regexpQuoteMeta
  removeDiacriticsUTF8 repeat replaceAll replaceOne replaceRegexpAll replaceRegexpOne reverseBySeparator reverseUTF8 right rightPad
  rightPadUTF8 rightUTF8 soundex space sparseGrams sparseGramsHashes sparseGramsHashesUTF8 sparseGramsUTF8 splitByChar
  splitByNonAlpha splitByRegexp splitByString splitByWhitespace sqidDecode sqidEncode startsWith startsWithCaseInsensitive
  startsWithCaseInsensitiveUTF8 startsWithUTF8 stringBytesEntropy stringBytesUniq stringJaccardIndex stringJaccardIndexUTF8
  substring substringIndex substringIndexUTF8 substringUTF8 toValidUTF8 tokens translate translateUTF8 trimBoth trimLeft trimRight
  tryBase32Decode tryBase58Decode tryBase64Decode tryBase64URLDecode unbin unhex upper upperUTF8 CHARACTER_LENGTH CHAR_LENGTH
  FROM_BASE64 NATURAL_SORT_KEY REGEXP_EXTRACT REGEXP_MATCHES REGEXP_REPLACE REGEXP_SUBSTR SUBSTRING_INDEX TO_BASE64 array_to_string
  byteSlice concat_ws extractAllGroups hasAllToken hasAnyToken instr isASCII lcase levenshteinDistance levenshteinDistanceUTF8 lpad
  ltrim matchPhrase mid mismatches regexpInstr regexp_instr removeAccentsUTF8 replace rpad rtrim splitByAlpha sqid substr trim ucase
# Hashes and identifiers
  MD4 MD5 RIPEMD160 SHA1 SHA224 SHA256 SHA384 SHA512 SHA512_256 URLHash UUIDNumToString UUIDStringToNum UUIDToNum UUIDv7ToDateTime
  cityHash64 dateTime64ToSnowflakeID dateTimeToSnowflakeID dateTimeToUUIDv7 farmFingerprint64 farmHash64 halfMD5 intHash32 intHash64
  javaHash javaHashUTF16LE jumpConsistentHash keccak256 kostikConsistentHash metroHash64 murmurHash2_32 murmurHash2_64
  murmurHash3_128 murmurHash3_32 murmurHash3_64 ngramMinHash ngramMinHashArg ngramMinHashArgCaseInsensitive
  ngramMinHashArgCaseInsensitiveUTF8 ngramMinHashArgUTF8 ngramMinHashCaseInsensitive ngramMinHashCaseInsensitiveUTF8
  ngramMinHashUTF8 ngramSimHash ngramSimHashCaseInsensitive ngramSimHashCaseInsensitiveUTF8 ngramSimHashUTF8 sipHash128 sipHash64
  snowflakeIDToDateTime snowflakeIDToDateTime64 toUUIDOrDefault toUUIDOrNull wordShingleMinHash wordShingleMinHashArg
  wordShingleMinHashArgCaseInsensitive wordShingleMinHashArgCaseInsensitiveUTF8 wordShingleMinHashArgUTF8
  wordShingleMinHashCaseInsensitive wordShingleMinHashCaseInsensitiveUTF8 wordShingleMinHashUTF8 wordShingleSimHash
  wordShingleSimHashCaseInsensitive wordShingleSimHashCaseInsensitiveUTF8 wordShingleSimHashUTF8 wyHash64 xxHash32 xxHash64
  xxHash64Spark xxh3 xxh3_128 yandexConsistentHash
# Addresses and URLs
  IPv4CIDRToRange IPv4NumToString IPv4NumToStringClassC IPv4StringToNum IPv4StringToNumOrDefault IPv4StringToNumOrNull IPv4ToIPv6
  IPv6CIDRToRange IPv6NumToString IPv6StringToNum IPv6StringToNumOrDefault IPv6StringToNumOrNull MACNumToString MACStringToNum
  MACStringToOUI URLHierarchy URLPathHierarchy cutFragment cutIPv6 cutQueryString cutQueryStringAndFragment
  cutToFirstSignificantSubdomain cutToFirstSignificantSubdomainCustom cutToFirstSignificantSubdomainCustomRFC
  cutToFirstSignificantSubdomainCustomWithWWW cutToFirstSignificantSubdomainCustomWithWWWRFC cutToFirstSignificantSubdomainRFC
  cutToFirstSignificantSubdomainWithWWW cutToFirstSignificantSubdomainWithWWWRFC cutURLParameter cutWWW decodeURLComponent
  decodeURLFormComponent domain domainRFC domainWithoutWWW domainWithoutWWWRFC encodeURLComponent encodeURLFormComponent
  extractURLParameter extractURLParameterNames extractURLParameters firstSignificantSubdomain firstSignificantSubdomainCustom
  firstSignificantSubdomainCustomRFC firstSignificantSubdomainRFC fragment isIPAddressInRange isIPv4String isIPv6String netloc path
  pathFull port portRFC protocol queryString queryStringAndFragment toIPv4 toIPv4OrDefault toIPv4OrNull toIPv4OrZero toIPv6
  toIPv6OrDefault toIPv6OrNull toIPv6OrZero topLevelDomain topLevelDomainRFC INET6_ATON INET6_NTOA INET_ATON INET_NTOA
# Time
  UTCTimestamp YYYYMMDDToDate YYYYMMDDToDate32 YYYYMMDDhhmmssToDateTime YYYYMMDDhhmmssToDateTime64 addDate addDays addHours
  addInterval addMicroseconds addMilliseconds addMinutes addMonths addNanoseconds addQuarters addSeconds addTupleOfIntervals
  addWeeks addYears age changeDay changeHour changeMinute changeMonth changeSecond changeYear dateDiff dateName dateTrunc
  formatDateTime formatDateTimeInJodaSyntax fromDaysSinceYearZero fromDaysSinceYearZero32 fromModifiedJulianDay
  fromModifiedJulianDayOrNull fromUTCTimestamp fromUnixTimestamp fromUnixTimestampInJodaSyntax hop hopEnd hopStart localtime
  makeDate makeDate32 makeDateTime makeDateTime64 monthName now now64 subDate subtractDays subtractHours subtractInterval
  subtractMicroseconds subtractMilliseconds subtractMinutes subtractMonths subtractNanoseconds subtractQuarters subtractSeconds
  subtractTupleOfIntervals subtractWeeks subtractYears timeDiff timeSlot timeSlots timezone timezoneOf timezoneOffset toDayOfMonth
  toDayOfWeek toDayOfYear toDaysInMonth toDaysSinceYearZero toHour toISOWeek toISOYear toLastDayOfMonth toLastDayOfWeek
  toMicrosecond toMillisecond toMinute toModifiedJulianDay toModifiedJulianDayOrNull toMonday toMonth toMonthNumSinceEpoch
  toNanosecond toQuarter toRelativeDayNum toRelativeHourNum toRelativeMinuteNum toRelativeMonthNum toRelativeQuarterNum
  toRelativeSecondNum toRelativeWeekNum toRelativeYearNum toSecond toStartOfDay toStartOfFifteenMinutes toStartOfFiveMinutes
  toStartOfHour toStartOfISOYear toStartOfInterval toStartOfMicrosecond toStartOfMillisecond toStartOfMinute toStartOfMonth
  toStartOfNanosecond toStartOfQuarter toStartOfSecond toStartOfTenMinutes toStartOfWeek toStartOfYear toTimeWithFixedDate
  toTimezone toUTCTimestamp toUnixTimestamp toWeek toYYYYMM toYYYYMMDD toYYYYMMDDhhmmss toYear toYearNumSinceEpoch toYearWeek today
  tumble tumbleEnd tumbleStart yesterday DATE_DIFF DATE_FORMAT DATE_TRUNC DAY DAYOFMONTH DAYOFWEEK DAYOFYEAR FROM_DAYS FROM_UNIXTIME
  HOUR LAST_DAY MICROSECOND MILLISECOND MINUTE MONTH NANOSECOND QUARTER SECOND TIMESTAMP_DIFF TO_DAYS UTC_timestamp YEAR curdate
  current_date current_timestamp date_bin date_diff from_utc_timestamp localtimestamp timeZone timeZoneOf timeZoneOffset time_bucket
  timestampDiff timestamp_diff toStartOfFiveMinute toTimeZone to_utc_timestamp week yearweek
# JSON
  JSONAllPaths JSONAllPathsWithTypes JSONAllValues JSONArrayLength JSONDynamicPaths JSONDynamicPathsWithTypes JSONExtract
  JSONExtractArrayRaw JSONExtractArrayRawCaseInsensitive JSONExtractBool JSONExtractBoolCaseInsensitive JSONExtractCaseInsensitive
  JSONExtractFloat JSONExtractFloatCaseInsensitive JSONExtractInt JSONExtractIntCaseInsensitive JSONExtractKeys
  JSONExtractKeysAndValues JSONExtractKeysAndValuesCaseInsensitive JSONExtractKeysAndValuesRaw
  JSONExtractKeysAndValuesRawCaseInsensitive JSONExtractKeysCaseInsensitive JSONExtractRaw JSONExtractRawCaseInsensitive
  JSONExtractString JSONExtractStringCaseInsensitive JSONExtractUInt JSONExtractUIntCaseInsensitive JSONHas JSONKey JSONLength
  JSONMergePatch JSONSharedDataPaths JSONSharedDataPathsWithTypes JSONType JSON_EXISTS JSON_QUERY JSON_VALUE dynamicElement
  dynamicType isDynamicElementInSharedData isValidJSON prettyPrintJSON simpleJSONExtractBool simpleJSONExtractFloat
  simpleJSONExtractInt simpleJSONExtractRaw simpleJSONExtractString simpleJSONExtractUInt simpleJSONHas toJSONString
  JSON_ARRAY_LENGTH jsonMergePatch visitParamExtractBool visitParamExtractFloat visitParamExtractInt visitParamExtractRaw
  visitParamExtractString visitParamExtractUInt visitParamHas
# Arrays, maps, tuples, sets of numbers
  array arrayAUCPR arrayAll arrayAvg arrayBottomK arrayCompact arrayConcat arrayCount arrayCumSum arrayCumSumNonNegative
  arrayDifference arrayDistinct arrayDotProduct arrayElement arrayElementOrNull arrayEnumerate arrayEnumerateDense
  arrayEnumerateDenseRanked arrayEnumerateUniq arrayEnumerateUniqRanked arrayExcept arrayExists arrayFill arrayFilter arrayFirst
  arrayFirstIndex arrayFirstOrNull arrayFlatten arrayFold arrayIntersect arrayJaccardIndex arrayJoin arrayLast arrayLastIndex
  arrayLastOrNull arrayLevenshteinDistance arrayLevenshteinDistanceWeighted arrayMap arrayMax arrayMin arrayNormalizedGini
  arrayPartialReverseSort arrayPartialSort arrayPopBack arrayPopFront arrayProduct arrayPushBack arrayPushFront arrayROCAUC
  arrayRemove arrayResize arrayReverse arrayReverseFill arrayReverseSort arrayReverseSplit arrayRotateLeft arrayRotateRight
  arrayShiftLeft arrayShiftRight arrayShingles arraySimilarity arraySlice arraySort arraySplit arraySum arraySymmetricDifference
  arrayTopK arrayTranspose arrayUnion arrayUniq arrayWithConstant arrayZip arrayZipUnaligned bitmapAnd bitmapAndCardinality
  bitmapAndnot bitmapAndnotCardinality bitmapBuild bitmapCardinality bitmapContains bitmapHasAll bitmapHasAny bitmapMax bitmapMin
  bitmapOr bitmapOrCardinality bitmapSubsetInRange bitmapSubsetLimit bitmapToArray bitmapTransform bitmapXor bitmapXorCardinality
  countEqual dotProduct empty emptyArrayDate emptyArrayDateTime emptyArrayFloat32 emptyArrayFloat64 emptyArrayInt16 emptyArrayInt32
  emptyArrayInt64 emptyArrayInt8 emptyArrayString emptyArrayToSingle emptyArrayUInt16 emptyArrayUInt32 emptyArrayUInt64
  emptyArrayUInt8 extractKeyValuePairs extractKeyValuePairsWithEscaping flattenTuple has hasAll hasAny hasSubstr indexOf
  indexOfAssumeSorted length map mapAdd mapAll mapApply mapConcat mapContainsKey mapContainsKeyLike mapContainsValue
  mapContainsValueLike mapExists mapExtractKeyLike mapExtractValueLike mapFilter mapFromArrays mapKeys mapPartialReverseSort
  mapPartialSort mapPopulateSeries mapReverseSort mapSort mapSubtract mapUpdate mapValues notEmpty range replicate reverse subBitmap
  tuple tupleConcat tupleDivide tupleDivideByNumber tupleElement tupleHammingDistance tupleIntDiv tupleIntDivByNumber
  tupleIntDivOrZero tupleIntDivOrZeroByNumber tupleMinus tupleModulo tupleModuloByNumber tupleMultiply tupleMultiplyByNumber
  tupleNames tupleNegate tuplePlus tuplePositiveModuloByNumber tupleToNameValuePairs CARDINALITY MAP_FROM_ARRAYS OCTET_LENGTH
  arrayAUC arrayPRAUC array_remove flatten mapContains mapFromString scalarProduct str_to_map unnest vectorDifference vectorSum
# Other
  L1Distance L2Distance bar byteSize cosineDistance countDigits formatReadableDecimalSize formatReadableQuantity
  formatReadableSize formatReadableTimeDelta geoDistance geohashDecode geohashEncode greatCircleDistance identity isConstant
  materialize parseReadableSize parseReadableSizeOrNull parseReadableSizeOrZero parseTimeDelta pointInPolygon rand rand64
  randCanonical rowNumberInAllBlocks runningDifference toColumnTypeName toTypeName transform variantElement variantType visibleWidth
  FORMAT_BYTES distanceCosine distanceL1 distanceL2 rand32
# Syntax that the parser turns into functions
  caseWithExpression exists grouping lambda untuple
`;

const AGGREGATES = `
  analysisOfVariance any anyHeavy anyLast anyLast_respect_nulls any_respect_nulls approx_top_k approx_top_sum argAndMax argAndMin
  argMax argMin avg avgWeighted boundingRatio contingency corr corrMatrix corrStable count covarPop covarPopMatrix covarPopStable
  covarSamp covarSampMatrix covarSampStable cramersV cramersVBiasCorrected cume_dist deltaSum deltaSumTimestamp denseRank entropy
  exponentialMovingAverage exponentialTimeDecayedAvg exponentialTimeDecayedCount exponentialTimeDecayedMax exponentialTimeDecayedSum
  groupArray groupArrayInsertAt groupArrayIntersect groupArrayLast groupArrayMovingAvg groupArrayMovingSum groupArraySample
  groupArraySorted groupBitAnd groupBitOr groupBitXor groupBitmap groupBitmapAnd groupBitmapOr groupBitmapXor groupConcat
  groupUniqArray histogram intervalLengthSum kolmogorovSmirnovTest kurtPop kurtSamp lag lagInFrame largestTriangleThreeBuckets lead
  leadInFrame mannWhitneyUTest max maxIntersections maxIntersectionsPosition maxMappedArrays meanZTest min minMappedArrays
  nonNegativeDerivative nth_value ntile percentRank quantile quantileBFloat16 quantileBFloat16Weighted quantileDD
  quantileDeterministic quantileExact quantileExactExclusive quantileExactHigh quantileExactInclusive quantileExactLow
  quantileExactWeighted quantileExactWeightedInterpolated quantileGK quantileInterpolatedWeighted quantilePrometheusHistogram
  quantileTDigest quantileTDigestWeighted quantileTiming quantileTimingWeighted quantiles quantilesBFloat16
  quantilesBFloat16Weighted quantilesDD quantilesDeterministic quantilesExact quantilesExactExclusive quantilesExactHigh
  quantilesExactInclusive quantilesExactLow quantilesExactWeighted quantilesExactWeightedInterpolated quantilesGK
  quantilesInterpolatedWeighted quantilesPrometheusHistogram quantilesTDigest quantilesTDigestWeighted quantilesTiming
  quantilesTimingWeighted rank rankCorr retention row_number sequenceCount sequenceMatch sequenceMatchEvents sequenceNextNode
  simpleLinearRegression skewPop skewSamp sparkbar stddevPop stddevPopStable stddevSamp stddevSampStable studentTTest
  studentTTestOneSample sum sumCount sumKahan sumMapFiltered sumMapFilteredWithOverflow sumMapWithOverflow sumMappedArrays
  sumWithOverflow theilsU topK topKWeighted uniq uniqCombined uniqCombined64 uniqExact uniqHLL12 uniqUpTo varPop varPopStable
  varSamp varSampStable welchTTest windowFunnel BIT_AND BIT_OR BIT_XOR COVAR_POP COVAR_SAMP STD STDDEV STDDEV_POP STDDEV_SAMP
  VAR_POP VAR_SAMP anova anyLastRespectNulls anyRespectNulls anyValueRespectNulls any_value any_value_respect_nulls approx_top_count
  array_agg dense_rank firstValueRespectNulls first_value first_value_respect_nulls group_concat lastValueRespectNulls last_value
  last_value_respect_nulls lttb max_by median medianBFloat16 medianBFloat16Weighted medianDD medianDeterministic medianExact
  medianExactHigh medianExactLow medianExactWeighted medianExactWeightedInterpolated medianGK medianInterpolatedWeighted
  medianTDigest medianTDigestWeighted medianTiming medianTimingWeighted min_by percent_rank sparkBar string_agg
`;

/** Suffixes that make another aggregate of one. */
const COMBINATORS = [
  'if',
  'array',
  'map',
  'distinct',
  'ordefault',
  'ornull',
  'foreach',
  'resample',
  'argmin',
  'argmax',
];

// Many names may be written in any case. No allowed name differs from a forbidden one in its case only.
const plain = namesOf(PLAIN);
const aggregates = namesOf(AGGREGATES);

/** Whether a user's SQL may call this function; aggregates also with combinators (`countIf`, `sumArrayIf`). */
export function isAllowedFunction(name: string): boolean {
  const lower = name.toLowerCase();
  return plain.has(lower) || isAggregate(lower);
}

function isAggregate(lower: string): boolean {
  if (aggregates.has(lower)) return true;
  const suffix = COMBINATORS.find((ending) => lower.endsWith(ending) && lower.length > ending.length);
  return suffix !== undefined && isAggregate(lower.slice(0, -suffix.length));
}

function namesOf(text: string): ReadonlySet<string> {
  const words = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(' '));
  return new Set(words.filter((word) => word !== '').map((word) => word.toLowerCase()));
}
