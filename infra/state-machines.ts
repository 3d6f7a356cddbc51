/** The two machines: what the ASL files say, and roles that may do just that. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type FunctionName, type Functions, logs } from './functions.ts';
import { aslOf, type Machines, pascal, pin } from './naming.ts';
import type { Notices } from './notices.ts';
import type { Record as TheRecord } from './record.ts';

export interface StateMachinesProps {
  /** Folder of the <name>.asl.json files. */
  readonly definitions: string;
  readonly machines: Machines;
  readonly functions: Functions;
  readonly record: TheRecord;
  readonly notices: Notices;
}

const calls = {
  lifecycle: ['look-at-case', 'assess-case', 'open-tasks', 'close-case'],
  task: ['look-at-task', 'take-sla-step'],
} as const satisfies Record<string, readonly FunctionName[]>;

export class StateMachines extends Construct {
  constructor(scope: Construct, id: string, props: StateMachinesProps) {
    super(scope, id);
    const { machines, record } = props;
    const park = () =>
      new PolicyStatement({
        sid: 'Park',
        actions: ['dynamodb:UpdateItem'],
        resources: [record.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...logs] } },
      });
    this.#machine('lifecycle', machines.lifecycleName, props, [park()]);
    this.#machine('task', machines.taskName, props, [park()]);
  }

  #machine(kind: keyof typeof calls, name: string, props: StateMachinesProps, own: PolicyStatement[]): void {
    const { functions, record, notices } = props;
    const named = pascal(kind);
    const called = calls[kind].map((fn) => functions.get(fn));
    const role = new Role(this, `${named}Role`, {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Needs: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Call',
              actions: ['lambda:InvokeFunction'],
              resources: called.map(({ functionArn }) => functionArn),
            }),
            ...own,
          ],
        }),
      },
    });
    pin(role, `${named}Role`);
    const logs = new LogGroup(this, `${named}Logs`, {
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    pin(logs, `${named}Logs`);
    const machine = new CfnStateMachine(this, named, {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      definitionString: aslOf(props.definitions, kind),
      definitionSubstitutions: {
        Partition: Stack.of(this).partition,
        Table: record.table.tableName,
        Definition: props.machines.definition,
        ...Object.fromEntries(calls[kind].map((fn) => [pascal(fn), functions.get(fn).functionArn])),
      },
      roleArn: role.roleArn,
      loggingConfiguration: {
        level: 'ERROR',
        // Inputs and outputs carry ids only; all the same they stay out of the logs.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: false },
    });
    machine.applyRemovalPolicy(RemovalPolicy.RETAIN);
    pin(machine, named);
    role.addToPolicy(
      new PolicyStatement({
        sid: 'DeliverLogs',
        // These have no resource-level permissions (Step Functions, "Logging using CloudWatch Logs").
        actions: [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        resources: ['*'],
      }),
    );
    const alarm = new Alarm(this, `${named}Failed`, {
      alarmDescription: `An execution of ${name} failed: the reconciler goes on from the record; look why`,
      metric: new Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        dimensionsMap: { StateMachineArn: machine.attrArn },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(notices.alarms));
  }
}
