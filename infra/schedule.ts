/** What runs by the clock: the reconciler. */
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { pin } from './naming.ts';
import type { Notices } from './notices.ts';

export interface ScheduleProps {
  readonly cityId: string;
  readonly functions: Functions;
  readonly notices: Notices;
}

export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { cityId, functions, notices }: ScheduleProps) {
    super(scope, id);
    const reconcile = functions.get('reconcile');
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      inlinePolicies: {
        Needs: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Call',
              actions: ['lambda:InvokeFunction'],
              resources: [reconcile.functionArn],
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
    const schedule = new CfnSchedule(this, 'Reconcile5', {
      name: `hejie-${cityId}-reconcile`,
      description: 'Finishes what a crash left',
      scheduleExpression: 'rate(5 minutes)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: reconcile.functionArn,
        roleArn: role.roleArn,
        // Time comes in with the event.
        input: '{"now":"<aws.scheduler.scheduled-time>"}',
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: Duration.minutes(5).toSeconds() },
        deadLetterConfig: { arn: notices.undelivered.queueArn },
      },
    });
    pin(schedule, 'ReconcileSchedule');
  }
}
