import type { Outcome } from '../engine/execution.ts';
import type { Resource } from '../language/resource.ts';

/** How AWS writes a service in the name of an error, and what it says of errors that the service's model does not name. */
interface ServiceWords {
  /** `DynamoDB.ConditionalCheckFailedException` of dynamodb:putItem. */
  readonly optimized: string;
  /** `DynamoDb.ConditionalCheckFailedException` of aws-sdk:dynamodb:putItem. */
  readonly sdk: string;
  /** The client's own name: `(Service: AmazonDynamoDBv2; …)`. */
  readonly client: string;
  /** The exception for what is not in the model: `DynamoDB.AmazonDynamoDBException`. */
  readonly other: string;
}

const words: Readonly<Record<string, ServiceWords>> = {
  dynamodb: {
    optimized: 'DynamoDB',
    sdk: 'DynamoDb',
    client: 'AmazonDynamoDBv2',
    other: 'AmazonDynamoDBException',
  },
  lambda: { optimized: 'Lambda', sdk: 'Lambda', client: 'AWSLambda', other: 'AWSLambdaException' },
  sns: { optimized: 'SNS', sdk: 'Sns', client: 'AmazonSNS', other: 'AmazonSNSException' },
  sqs: { optimized: 'SQS', sdk: 'Sqs', client: 'AmazonSQS', other: 'AmazonSQSException' },
  states: {
    optimized: 'StepFunctions',
    sdk: 'Sfn',
    client: 'AWSStepFunctions',
    other: 'AWSStepFunctionsException',
  },
  sfn: { optimized: 'StepFunctions', sdk: 'Sfn', client: 'AWSStepFunctions', other: 'AWSStepFunctionsException' },
  events: {
    optimized: 'EventBridge',
    sdk: 'EventBridge',
    client: 'AmazonEventBridge',
    other: 'AmazonEventBridgeException',
  },
  kms: { optimized: 'KMS', sdk: 'Kms', client: 'AWSKMS', other: 'AWSKMSException' },
  secretsmanager: {
    optimized: 'SecretsManager',
    sdk: 'SecretsManager',
    client: 'AWSSecretsManager',
    other: 'AWSSecretsManagerException',
  },
};

/** Codes that every service may answer and no service's model names. */
const unmodelled: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAction',
  'InvalidClientTokenId',
  'InvalidParameterCombination',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'MissingParameter',
  'NotAuthorized',
  'OptInRequired',
  'RequestExpired',
  'SerializationException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

const pascal = (service: string): string => service.replace(/^./, (c) => c.toUpperCase());

function wordsOf(service: string): ServiceWords {
  const name = pascal(service);
  return words[service] ?? { optimized: name, sdk: name, client: name, other: `${name}Exception` };
}

export interface ServiceFault {
  readonly name: string;
  readonly message: string;
  readonly requestId: string;
  /** HTTP status; 400 where nothing else is known. */
  readonly status?: number;
}

/** A service's error as the failure of a Task: in the words of AWS's older SDK for optimised integrations, else of its newer one. */
export function serviceFailure(
  resource: Pick<Resource, 'service' | 'type'>,
  { name, message, requestId, status = 400 }: ServiceFault,
): Extract<Outcome, { error?: string }> {
  const { optimized, sdk, client, other } = wordsOf(resource.service);
  const newer = resource.type.startsWith('aws-sdk:');
  const modelled = /Exception$/.test(name) ? name : `${name}Exception`;
  if (newer) {
    const exception = unmodelled.has(name) ? `${sdk}Exception` : modelled;
    const cause = `${message} (Service: ${sdk}, Status Code: ${status}, Request ID: ${requestId}) (SDK Attempt Count: 1)`;
    return { error: `${sdk}.${exception}`, cause };
  }
  const exception = unmodelled.has(name) ? other : modelled;
  const cause = `${message} (Service: ${client}; Status Code: ${status}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`;
  return { error: `${optimized}.${exception}`, cause };
}
