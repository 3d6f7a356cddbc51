/** One city: the record, its functions and machines, the way in and the way out. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { City } from '../shared/config/city.ts';
import { acknowledge } from './acknowledged.ts';
import { Api } from './api.ts';
import { Auditor } from './auditor.ts';
import { Functions } from './functions.ts';
import { machinesOf } from './naming.ts';
import { Notices } from './notices.ts';
import { Record } from './record.ts';
import { Schedule } from './schedule.ts';
import { StateMachines } from './state-machines.ts';

export interface CityStackProps extends StackProps {
  readonly city: City;
  /** Folder of the ASL files. */
  readonly definitions: string;
  readonly assetOf: (functionName: string) => string;
}

export class CityStack extends Stack {
  constructor(scope: Construct, { city, definitions, assetOf, ...props }: CityStackProps) {
    super(scope, `hejie-${city.id}`, {
      description: `Hejie (和解) for ${city.name.en} ${city.name.zh}`,
      terminationProtection: true,
      ...props,
    });
    const cityId = city.id;
    const machines = machinesOf(this, cityId, definitions);
    const record = new Record(this, 'Record');
    const notices = new Notices(this, 'Messages');
    const functions = new Functions(this, 'Functions', { cityId, record, notices, machines, assetOf });
    const stateMachines = new StateMachines(this, 'Machines', { definitions, machines, functions, record, notices });
    // It moves what is open to the new definition: only once that is there.
    functions.get('reconcile').node.addDependency(stateMachines);
    const api = new Api(this, 'Access', { cityId, functions, machines });
    new Schedule(this, 'Clock', { cityId, functions, notices });
    new Auditor(this, 'Audit', { cityId, record });
    acknowledge(this, cityId);
    const outputs = {
      CityCode: city.code,
      ApiUrl: api.url,
      TableName: record.table.tableName,
      ErasuresName: record.erasures.tableName,
      LifecycleArn: machines.lifecycleArn,
      TaskArn: machines.taskArn,
      NoticesTopicArn: notices.notices.topicArn,
      CitizensTopicArn: notices.citizens.topicArn,
      AlarmsTopicArn: notices.alarms.topicArn,
      OversightTopicArn: notices.oversight.topicArn,
      AuditSpoolUrl: notices.auditSpool.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
