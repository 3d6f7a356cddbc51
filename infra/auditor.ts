/** The role that verifies the log of accesses (npm run audit -- verify): it sees keys, and of items the accesses alone. */
import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { pin } from './naming.ts';
import type { Record } from './record.ts';

export interface AuditorProps {
  readonly cityId: string;
  readonly record: Record;
}

export class Auditor extends Construct {
  constructor(scope: Construct, id: string, { cityId, record }: AuditorProps) {
    super(scope, id);
    const resources = [record.table.tableArn];
    const auditor = new Role(this, 'Auditor', {
      roleName: `hejie-${cityId}-auditor`,
      description: 'Verifies the log of accesses',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        Audit: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'FindChains',
              actions: ['dynamodb:Scan'],
              resources,
              conditions: {
                'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
                StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
              },
            }),
            new PolicyStatement({
              sid: 'ReadChains',
              actions: ['dynamodb:GetItem', 'dynamodb:Query'],
              resources,
              conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['L#*', 'LD#*'] } },
            }),
          ],
        }),
      },
    });
    pin(auditor, 'Auditor');
  }
}
