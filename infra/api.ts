/** The REST API for administrators and departments, and the role of those who look after the executions. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { operationIds, operations } from '../shared/api/index.ts';
import { acknowledgePublic } from './acknowledged.ts';
import { authoriser } from './authoriser.ts';
import type { Functions } from './functions.ts';
import { answerWithProblems } from './gateway-responses.ts';
import { type Machines, pin } from './naming.ts';

export interface ApiProps {
  readonly cityId: string;
  readonly functions: Functions;
  readonly machines: Machines;
}

export class Api extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { cityId, functions, machines }: ApiProps) {
    super(scope, id);
    const accessLogs = new LogGroup(this, 'ApiLogs', {
      logGroupName: `/hejie/${cityId}/api`,
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    pin(accessLogs, 'ApiLogs');
    const api = new RestApi(this, 'Api', {
      restApiName: `hejie-${cityId}`,
      description: 'Hejie: reports, cases, tasks',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      cloudWatchRole: false,
      defaultMethodOptions: {
        authorizationType: AuthorizationType.CUSTOM,
        authorizer: authoriser(this, functions),
      },
      deployOptions: {
        stageName: 'v1',
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        // Route and outcome; no caller's address, no path with an id.
        accessLogFormat: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTimeEpoch',
            method: '$context.httpMethod',
            route: '$context.resourcePath',
            status: '$context.status',
          }),
        ),
      },
    });
    pin(api, 'Api');
    for (const id of operationIds) {
      const { method, path, function: fn, kind } = operations[id];
      const integration = new LambdaIntegration(functions.get(fn), { allowTestInvoke: false });
      const options = kind === 'public' ? { authorizationType: AuthorizationType.NONE } : {};
      const made = api.root.resourceForPath(path.slice(1)).addMethod(method, integration, options);
      if (kind === 'public') acknowledgePublic(made);
    }
    answerWithProblems(api);
    this.url = api.url;

    const operator = new Role(this, 'Operator', {
      roleName: `hejie-${cityId}-operator`,
      description: 'Reads machines and executions',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        Operate: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'ReadMachines',
              actions: ['states:DescribeStateMachine', 'states:ListExecutions'],
              resources: [machines.lifecycleArn, machines.taskArn],
            }),
            new PolicyStatement({
              sid: 'ReadExecutions',
              actions: ['states:DescribeExecution', 'states:GetExecutionHistory'],
              resources: [machines.lifecycleExecutions, machines.taskExecutions],
            }),
            new PolicyStatement({
              sid: 'FindMachines',
              actions: ['states:ListStateMachines'],
              // The action knows no resource.
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    pin(operator, 'Operator');
  }
}
