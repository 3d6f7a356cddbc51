/**
 * The way out: notices to the city's own gateway, alarms to the people who run Hejie, oversight to the independent reviewer.
 * Messages carry ids, never persons.
 */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { pin } from './naming.ts';

export class Notices extends Construct {
  readonly key: Key;
  readonly notices: Topic;
  /** Messages to citizens: neutral, and without a number. */
  readonly citizens: Topic;
  readonly alarms: Topic;
  /** What the independent reviewer is told: heads of the log of accesses, and how people read. */
  readonly oversight: Topic;
  /** Where the city's message gateway (政务短信) fetches notices. */
  readonly gateway: Queue;
  /** Accesses that the table did not take; they are brought into their chains later. */
  readonly auditSpool: Queue;
  /** What nobody could deliver or run. */
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'MessageKey', {
      description: 'Hejie: topics and queues',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pin(this.key, 'MessageKey');
    // Encrypted topics deliver to encrypted queues, and alarms come in, only if the key knows the senders.
    for (const service of ['sns', 'cloudwatch', 'scheduler']) {
      this.key.grantEncryptDecrypt(new ServicePrincipal(`${service}.amazonaws.com`));
    }

    this.notices = new Topic(this, 'Notices', { masterKey: this.key, enforceSSL: true });
    this.citizens = new Topic(this, 'Citizens', { masterKey: this.key, enforceSSL: true });
    this.alarms = new Topic(this, 'Alarms', { masterKey: this.key, enforceSSL: true });
    this.oversight = new Topic(this, 'Oversight', { masterKey: this.key, enforceSSL: true });
    pin(this.notices, 'Notices');
    pin(this.citizens, 'Citizens');
    pin(this.alarms, 'Alarms');
    pin(this.oversight, 'Oversight');
    this.alarms.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));

    const sealed = { encryption: QueueEncryption.KMS, encryptionMasterKey: this.key, enforceSSL: true };
    this.undelivered = new Queue(this, 'Undelivered', { ...sealed, retentionPeriod: Duration.days(14) });
    pin(this.undelivered, 'Undelivered');
    this.gateway = new Queue(this, 'Gateway', {
      ...sealed,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: 5 },
    });
    pin(this.gateway, 'Gateway');
    this.auditSpool = new Queue(this, 'AuditSpool', {
      ...sealed,
      retentionPeriod: Duration.days(14),
      // Tried every 5 minutes: an outage of the table of a day and more puts nothing aside.
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: 500 },
    });
    pin(this.auditSpool, 'AuditSpool');
    const waits = this.auditSpool.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) });
    const alarm = waits.createAlarm(this, 'AuditSpoolWaits', {
      alarmDescription: 'Accesses wait in the spool: the audit store does not take them (docs/operations.md)',
      threshold: Duration.minutes(30).toSeconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.alarms));
    for (const topic of [this.notices, this.citizens]) {
      topic.addSubscription(
        new SqsSubscription(this.gateway, { rawMessageDelivery: true, deadLetterQueue: this.undelivered }),
      );
    }
  }
}
