/** The REST API for administrators and departments, and the role that may call it. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, Functions } from './functions.ts';
import { type Machines, pin } from './naming.ts';

/** Every route of stage v1. */
export const routes = [
  ['POST', 'reports', 'receive-report'],
  ['GET', 'cases', 'list-cases'],
  ['GET', 'cases/{id}', 'read-case'],
  ['GET', 'cases/{id}/history', 'read-case'],
  ['GET', 'disputes/{id}', 'read-case'],
  ['GET', 'disputes/{id}/history', 'read-case'],
  ['GET', 'posts/{postId}/tasks', 'list-tasks'],
  ['POST', 'tasks/{taskId}/{verb}', 'act-on-task'],
] as const satisfies readonly (readonly ['GET' | 'POST', string, FunctionName])[];

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
      // IAM until a city's identity provider is wired in (docs/decisions/0006).
      defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
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
    for (const [method, path, fn] of routes) {
      api.root
        .resourceForPath(path)
        .addMethod(method, new LambdaIntegration(functions.get(fn), { allowTestInvoke: false }));
    }
    for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) {
      api.addGatewayResponse(`Problem${type.responseType}`, {
        type,
        responseHeaders: { 'content-type': "'application/problem+json'" },
        templates: {
          'application/json':
            '{"type":"urn:hejie:problem:gateway","title":"$context.error.responseType","status":$context.status,"detail":$context.error.messageString}',
        },
      });
    }
    this.url = api.url;

    const operator = new Role(this, 'Operator', {
      roleName: `hejie-${cityId}-operator`,
      description: 'People and systems that call the API; reads executions',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        Operate: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'CallTheApi',
              actions: ['execute-api:Invoke'],
              resources: [api.arnForExecuteApi('*', '/*', 'v1')],
            }),
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
