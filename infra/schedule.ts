/** What runs by the clock: the keepers of the record. */
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FunctionName, Functions } from './functions.ts';
import { pin } from './naming.ts';
import type { Notices } from './notices.ts';

export interface ScheduleProps {
  readonly cityId: string;
  readonly functions: Functions;
  readonly notices: Notices;
}

interface Clocked {
  /** Logical id, which never changes. */
  readonly id: string;
  readonly fn: FunctionName;
  readonly description: string;
  readonly minutes: number;
}

const clocked: readonly Clocked[] = [
  { id: 'ReconcileSchedule', fn: 'reconcile', description: 'Finishes what a crash left', minutes: 5 },
  { id: 'AuditKeeper', fn: 'keep-audit', description: 'Keeps the log of accesses', minutes: 5 },
  { id: 'Forgetting', fn: 'forget-expired', description: 'Forgets what was closed long enough', minutes: 24 * 60 },
  { id: 'PostWatch', fn: 'watch-posts', description: 'Watches posts and the duty roster', minutes: 5 },
];

export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { cityId, functions, notices }: ScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      inlinePolicies: {
        Needs: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Call',
              actions: ['lambda:InvokeFunction'],
              resources: clocked.map(({ fn }) => functions.get(fn).functionArn),
            }),
            new PolicyStatement({
              sid: 'SetAside',
              actions: ['sqs:SendMessage'],
              resources: [notices.undelivered.queueArn],
            }),
            new PolicyStatement({
              sid: 'SealSetAside',
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [notices.key.keyArn],
            }),
          ],
        }),
      },
    });
    pin(role, 'ScheduleRole');
    for (const { id: logicalId, fn, description, minutes } of clocked) {
      const schedule = new CfnSchedule(this, logicalId, {
        name: `hejie-${cityId}-${fn}`,
        description,
        scheduleExpression: `rate(${minutes} minutes)`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: functions.get(fn).functionArn,
          roleArn: role.roleArn,
          // Time comes in with the event.
          input: '{"now":"<aws.scheduler.scheduled-time>"}',
          retryPolicy: {
            maximumRetryAttempts: 2,
            maximumEventAgeInSeconds: Duration.minutes(minutes).toSeconds(),
          },
          deadLetterConfig: { arn: notices.undelivered.queueArn },
        },
      });
      pin(schedule, logicalId);
    }
  }
}
