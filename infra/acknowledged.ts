/** What the checks of cdk-nag find and we leave as it is, each with the reason. Anything else stops the synthesis. */
import { type Stack, Validations } from 'aws-cdk-lib';
import type { Method } from 'aws-cdk-lib/aws-apigateway';
import { needs } from './functions.ts';
import { pascal } from './naming.ts';

const executions = (machine: string) =>
  `Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${machine}:*`;

const wildcards = (cityId: string): Readonly<Record<string, string>> => ({
  'Resource::*':
    'SendTaskSuccess, ListStateMachines and log deliveries know no resource; tests name the three statements',
  [executions(`hejie-${cityId}-lifecycle`)]: 'Executions of one machine: their names are not known before',
  [executions(`hejie-${cityId}-task`)]: 'Executions of one machine: their names are not known before',
  ...Object.fromEntries(
    Object.keys(needs).map((name) => [`Resource::<${pascal(name)}Logs.Arn>:*`, 'The streams of its own log group']),
  ),
});

const rules: Readonly<Record<string, string>> = {
  APIG2:
    'Requests are checked by zod in the functions, with path, value and what is allowed; a gateway model says less',
  APIG3: 'Every route demands a token; a web ACL is the city’s to attach',
  APIG6: 'Execution logs would hold bodies, and these hold persons; access logs are on, without them',
  COG4: 'There is no Cognito in China; an authoriser checks tokens of the city’s own identity provider',
  SF1: 'Errors are logged; every event would repeat the history that Step Functions keeps and the record itself',
  SF2: 'Lambda has no X-Ray in the regions of China; a trace would end at the first call',
};

export function acknowledge(stack: Stack, cityId: string): void {
  const all = [
    ...Object.entries(rules).map(([rule, reason]) => ({ id: `AwsSolutions-${rule}`, reason })),
    ...Object.entries(wildcards(cityId)).map(([finding, reason]) => ({ id: `AwsSolutions-IAM5[${finding}]`, reason })),
  ];
  for (const one of all) Validations.of(stack).acknowledge(one);
}

/** Of one route only: a route that forgets the authoriser stops the synthesis. */
export function acknowledgePublic(method: Method): void {
  const reason = 'The contract itself, for anybody: the document and its page, nothing of the record';
  Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason });
}
