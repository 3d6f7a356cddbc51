import { isObject, type JsonObject } from '../json.ts';

/** A field of a service's answer, as far as a mocked result is held against it. Bounds are both included. */
type Shape =
  | { readonly type: 'string'; readonly min?: number; readonly max?: number; readonly values?: readonly string[] }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'list' | 'map'; readonly of: Shape }
  | { readonly type: 'object'; readonly members: Members; readonly required?: readonly string[] };

type Members = Readonly<Record<string, Shape>>;
export type Answer = Extract<Shape, { type: 'object' }>;

const text: Shape = { type: 'string' };
const number: Shape = { type: 'number' };
const flag: Shape = { type: 'boolean' };
const sized = (min: number, max: number): Shape => ({ type: 'string', min, max });
const between = (min: number, max?: number): Shape => ({ type: 'number', min, ...(max === undefined ? {} : { max }) });
const oneOf = (...values: string[]): Shape => ({ type: 'string', values });
/** Bytes, written as text. */
const blob = (min: number): Shape => ({ type: 'string', min });
const list = (of: Shape): Shape => ({ type: 'list', of });
const map = (of: Shape): Shape => ({ type: 'map', of });
const object = (members: Members, required: readonly string[] = []): Answer => ({ type: 'object', members, required });
const texts = (...names: string[]): Members => Object.fromEntries(names.map((name) => [name, text]));

// ---- DynamoDB -----------------------------------------------------------------------------------------------------------

/** Holds itself: a list or map of values. */
const attribute: Shape = {
  type: 'object',
  get members(): Members {
    return {
      ...texts('S', 'N', 'B'),
      ...{ SS: list(text), NS: list(text), BS: list(text) },
      ...{ M: map(attribute), L: list(attribute), NULL: flag, BOOL: flag },
    };
  },
};
const units = { CapacityUnits: number, ReadCapacityUnits: number, WriteCapacityUnits: number };
const capacity = object({
  ...units,
  TableName: sized(1, 1024),
  Table: object(units),
  LocalSecondaryIndexes: map(object(units)),
  GlobalSecondaryIndexes: map(object(units)),
});
const item = map(attribute);
const written = object({
  Attributes: item,
  ConsumedCapacity: capacity,
  ItemCollectionMetrics: object({ ItemCollectionKey: item, SizeEstimateRangeGB: list(number) }),
});
const found = object({
  Items: list(item),
  Count: number,
  ScannedCount: number,
  LastEvaluatedKey: item,
  ConsumedCapacity: capacity,
});

// ---- Step Functions -----------------------------------------------------------------------------------------------------

const arn = sized(1, 256);
const startedExecution = object({ ExecutionArn: arn, StartDate: text }, ['ExecutionArn', 'StartDate']);
const execution = object(
  {
    ExecutionArn: arn,
    StateMachineArn: arn,
    Name: sized(1, 80),
    Status: oneOf('RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'),
    ...texts('StartDate', 'StopDate', 'Input', 'Output', 'RedriveDate', 'RedriveStatusReason'),
    Error: sized(0, 256),
    Cause: sized(0, 32_768),
    InputDetails: object({ Included: flag }),
    OutputDetails: object({ Included: flag }),
    TraceHeader: sized(0, 256),
    MapRunArn: sized(1, 2000),
    StateMachineVersionArn: arn,
    StateMachineAliasArn: arn,
    RedriveCount: number,
    RedriveStatus: oneOf('REDRIVABLE', 'NOT_REDRIVABLE', 'REDRIVABLE_BY_MAP_RUN'),
  },
  ['ExecutionArn', 'StateMachineArn', 'Status', 'StartDate'],
);

// ---- Lambda, KMS, S3 ----------------------------------------------------------------------------------------------------

const functionConfiguration = object({
  ...texts('FunctionName', 'FunctionArn', 'Runtime', 'Role', 'Handler', 'Description', 'LastModified', 'CodeSha256'),
  ...texts('KMSKeyArn', 'MasterArn', 'RevisionId', 'StateReason', 'StateReasonCode', 'LastUpdateStatusReason'),
  CodeSize: number,
  Timeout: between(1),
  MemorySize: between(128, 10_240),
  Version: sized(1, 1024),
  Environment: object({ Variables: map(text), Error: object(texts('ErrorCode', 'Message')) }),
  PackageType: oneOf('Zip', 'Image'),
  Architectures: list(oneOf('x86_64', 'arm64')),
});
const keyId = sized(1, 2048);
const encryptionAlgorithm = oneOf('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');
const macAlgorithm = oneOf('HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512');
const storedObject = {
  ...texts('ETag', 'Expiration', 'VersionId', 'SSECustomerAlgorithm', 'SSECustomerKeyMD5', 'SSEKMSKeyId'),
  ...texts('ChecksumCRC32', 'ChecksumCRC32C', 'ChecksumCRC64NVME', 'ChecksumSHA1', 'ChecksumSHA256'),
  ChecksumType: oneOf('COMPOSITE', 'FULL_OBJECT'),
  ServerSideEncryption: oneOf('AES256', 'aws:fsx', 'aws:kms', 'aws:kms:dsse'),
  BucketKeyEnabled: flag,
  RequestCharged: oneOf('requester'),
};
const storageClass = oneOf(
  ...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER'],
  ...['DEEP_ARCHIVE', 'OUTPOSTS', 'GLACIER_IR', 'SNOW', 'EXPRESS_ONEZONE', 'FSX_OPENZFS', 'FSX_ONTAP'],
);

/** What services answer, by `service:call`: those that are known here. Of others nothing is asked. */
const answers: Readonly<Record<string, Answer>> = {
  'dynamodb:getItem': object({ Item: item, ConsumedCapacity: capacity }),
  'dynamodb:putItem': written,
  'dynamodb:updateItem': written,
  'dynamodb:deleteItem': written,
  'dynamodb:query': found,
  'dynamodb:scan': found,
  'events:putEvents': object({
    FailedEntryCount: number,
    Entries: list(object({ EventId: { type: 'string', max: 64 }, ...texts('ErrorCode', 'ErrorMessage') })),
  }),
  'eventbridge:putEvents': object({
    FailedEntryCount: number,
    Entries: list(object({ EventId: { type: 'string', max: 64 }, ...texts('ErrorCode', 'ErrorMessage') })),
  }),
  'kms:encrypt': object({ CiphertextBlob: blob(1), KeyId: keyId, EncryptionAlgorithm: encryptionAlgorithm }),
  'kms:decrypt': object({ Plaintext: blob(1), KeyId: keyId, EncryptionAlgorithm: encryptionAlgorithm }),
  'kms:generateMac': object({ Mac: blob(1), KeyId: keyId, MacAlgorithm: macAlgorithm }),
  'kms:verifyMac': object({ KeyId: keyId, MacValid: flag, MacAlgorithm: macAlgorithm }),
  'lambda:invoke': object({
    StatusCode: number,
    ...texts('FunctionError', 'LogResult'),
    ExecutedVersion: sized(1, 1024),
  }),
  'lambda:getFunction': object({
    Configuration: functionConfiguration,
    Code: object(texts('RepositoryType', 'Location', 'ImageUri', 'ResolvedImageUri')),
    Tags: map(text),
    Concurrency: object({ ReservedConcurrentExecutions: between(0) }),
  }),
  's3:getObject': object({
    ...storedObject,
    ...texts('Body', 'AcceptRanges', 'Restore', 'LastModified', 'CacheControl', 'ContentDisposition'),
    ...texts('ContentEncoding', 'ContentLanguage', 'ContentRange', 'ContentType', 'Expires'),
    ...texts('WebsiteRedirectLocation', 'ObjectLockRetainUntilDate'),
    ContentLength: number,
    DeleteMarker: flag,
    MissingMeta: number,
    PartsCount: number,
    TagCount: number,
    Metadata: map(text),
    StorageClass: storageClass,
    ReplicationStatus: oneOf('COMPLETE', 'PENDING', 'FAILED', 'REPLICA', 'COMPLETED'),
    ObjectLockMode: oneOf('GOVERNANCE', 'COMPLIANCE'),
    ObjectLockLegalHoldStatus: oneOf('ON', 'OFF'),
  }),
  's3:putObject': object({ ...storedObject, Size: number }),
  'secretsmanager:getSecretValue': object({
    ARN: sized(20, 2048),
    Name: sized(1, 256),
    VersionId: sized(32, 64),
    ...texts('SecretBinary', 'SecretString', 'CreatedDate'),
    VersionStages: list(sized(1, 256)),
  }),
  'sns:publish': object(texts('MessageId', 'SequenceNumber')),
  'sqs:sendMessage': object(
    texts('MD5OfMessageBody', 'MD5OfMessageAttributes', 'MD5OfMessageSystemAttributes', 'MessageId', 'SequenceNumber'),
  ),
  'states:startExecution': startedExecution,
  'sfn:startExecution': startedExecution,
  'sfn:describeExecution': execution,
  // Of a job, what its end is asked with.
  'states:startExecution.sync': execution,
  'states:startExecution.sync:2': execution,
};

/** What a call answers, if that is known here. `action` is the call with its pattern. */
export const answerOf = (service: string, action: string): Answer | undefined =>
  Object.hasOwn(answers, `${service}:${action}`) ? answers[`${service}:${action}`] : undefined;

// ---- values -------------------------------------------------------------------------------------------------------------

/**
 * What is wrong with a value, in AWS's words; the first thing only. Fields that the shape does not have may be anything.
 * @param strict whether required fields must be there
 */
export function faultIn(value: unknown, shape: Shape, name: string, strict: boolean): string | undefined {
  const told = (what: string): string => `Field '${name}' ${what}`;
  switch (shape.type) {
    case 'string': {
      if (typeof value !== 'string') return told('must be a string');
      const { min = 0, max = Number.POSITIVE_INFINITY, values } = shape;
      if (value.length < min) return told('is smaller than the minimum length');
      if (value.length > max) return told('exceeds the maximum length');
      return values === undefined || values.includes(value) ? undefined : told('is not an expected value');
    }
    case 'number': {
      if (typeof value !== 'number') return told('must be a number');
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
      if (value < min) return told('is less than the minimum value');
      return value > max ? told('exceeds the maximum value') : undefined;
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : told('must be a boolean');
    case 'list':
      if (!Array.isArray(value)) return told('must be an array');
      return firstFault(value.map((one) => [name, one, shape.of]));
    case 'map':
      if (!isObject(value)) return told('must be an object');
      return firstFault(Object.entries(value).map(([key, one]) => [key, one, shape.of]));
    case 'object':
      return isObject(value) ? faultInMembers(value, shape, strict) : told('must be an object');
  }

  function firstFault(parts: readonly [string, unknown, Shape][]): string | undefined {
    for (const [at, part, of] of parts) {
      const fault = faultIn(part, of, at, strict);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
}

/** As `faultIn`, of an object as a whole. */
export function faultInMembers(
  value: JsonObject,
  { members, required = [] }: Answer,
  strict: boolean,
): string | undefined {
  const missing = strict ? required.find((name) => !Object.hasOwn(value, name)) : undefined;
  if (missing !== undefined) return `Field '${missing}' is required`;
  for (const [name, member] of Object.entries(value)) {
    const of = Object.hasOwn(members, name) ? members[name] : undefined;
    const fault = of && faultIn(member, of, name, strict);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
