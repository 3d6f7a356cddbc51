/** The record: one table a city, and the keys that seal it. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { backupDays } from '../shared/config/retention.ts';
import { pin } from './naming.ts';

export class Record extends Construct {
  readonly table: Table;
  /** Seals the data keys of persons. */
  readonly personKey: Key;
  /** Seals the data keys of those who may be hurt. */
  readonly affectedKey: Key;
  /** Makes the keyed hashes by which a person is found again. */
  readonly lookupKey: Key;
  /** Who was erased: outside the record, so that a restore of the record does not forget it. */
  readonly erasures: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { region, account } = Stack.of(this);
    const kept = { removalPolicy: RemovalPolicy.RETAIN, pendingWindow: Duration.days(30) };

    const tableKey = new Key(this, 'TableKey', { ...kept, description: 'Hejie: the table', enableKeyRotation: true });
    pin(tableKey, 'TableKey');
    // Whoever may use the table may use its key, through the table only.
    tableKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': account,
            'kms:ViaService': [`dynamodb.${region}.amazonaws.com`, `dynamodb.${region}.amazonaws.com.cn`],
          },
        },
      }),
    );

    this.personKey = new Key(this, 'PersonKey', {
      ...kept,
      description: 'Hejie: data keys of persons',
      enableKeyRotation: true,
    });
    pin(this.personKey, 'PersonKey');
    this.affectedKey = new Key(this, 'AffectedKey', {
      ...kept,
      description: 'Hejie: data keys of persons who may be hurt',
      enableKeyRotation: true,
    });
    pin(this.affectedKey, 'AffectedKey');
    this.lookupKey = new Key(this, 'LookupKey', {
      ...kept,
      description: 'Hejie: keyed hashes of identity numbers and phones',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    });
    pin(this.lookupKey, 'LookupKey');

    const key = (name: string) => ({ name, type: AttributeType.STRING });
    const likeTheRecord = {
      partitionKey: key('pk'),
      sortKey: key('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: tableKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: backupDays },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.table = new Table(this, 'Table', { ...likeTheRecord, timeToLiveAttribute: 'expires' });
    pin(this.table, 'Table');
    this.erasures = new Table(this, 'Erasures', likeTheRecord);
    pin(this.erasures, 'Erasures');
    for (const [indexName, sort] of [
      ['open', 'pk'],
      ['pending', 'receivedAt'],
      ['owner', 'due'],
      ['beside', 'due'],
      ['place', 'since'],
    ] as const) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: key(indexName),
        sortKey: key(sort),
        projectionType: ProjectionType.ALL,
      });
    }
  }
}
