/** A synthesized assembly, resolved: every resource with its physical name, ARN and properties without intrinsics. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './errors.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';

export const partition = 'aws-cn';
export const region = 'cn-north-1';
export const account = '000000000000';
const urlSuffix = 'amazonaws.com.cn';

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly name: string;
  readonly arn: string;
}

export interface Template {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, string>>;
  resources(type: string): Resource[];
  /** Folder or file of an asset that the template names by its key in the bucket of assets. */
  asset(key: string): string;
}

const short = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);
const arnFor = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** What a resource type is called, where its name stands, and how its ARN looks. */
const kinds: Readonly<Record<string, { name?: string; arn: (name: string) => string }>> = {
  'AWS::DynamoDB::Table': { name: 'TableName', arn: (n) => arnFor('dynamodb', `table/${n}`) },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: (n) => arnFor('lambda', `function:${n}`) },
  'AWS::IAM::Role': { name: 'RoleName', arn: (n) => `arn:${partition}:iam::${account}:role/${n}` },
  'AWS::SNS::Topic': { name: 'TopicName', arn: (n) => arnFor('sns', n) },
  'AWS::SQS::Queue': { name: 'QueueName', arn: (n) => arnFor('sqs', n) },
  'AWS::KMS::Key': { arn: (n) => arnFor('kms', `key/${n}`) },
  'AWS::StepFunctions::StateMachine': { name: 'StateMachineName', arn: (n) => arnFor('states', `stateMachine:${n}`) },
  'AWS::Scheduler::Schedule': { name: 'Name', arn: (n) => arnFor('scheduler', `schedule/default/${n}`) },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: (n) => arnFor('logs', `log-group:${n}:*`) },
  'AWS::ApiGateway::Stage': { name: 'StageName', arn: (n) => arnFor('apigateway', `/stages/${n}`) },
  'AWS::ApiGateway::RestApi': { arn: (n) => `arn:${partition}:apigateway:${region}::/restapis/${n}` },
};
/** Types whose Ref is the ARN; of a queue it is the URL, of all others the name. */
const refIsArn = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine']);

/** Served, or harmless when it is not: anything else would be a promise that is not kept. */
const known = new RegExp(
  `^(${Object.keys(kinds).join('|')}|AWS::IAM::(Policy|ManagedPolicy)|AWS::Lambda::(Permission|EventInvokeConfig)|AWS::SNS::(Subscription|TopicPolicy)|AWS::SQS::QueuePolicy|AWS::KMS::Alias|AWS::ApiGateway::\\w+|AWS::CloudWatch::\\w+|AWS::Logs::\\w+|AWS::Scheduler::\\w+|AWS::Events::Rule|AWS::CDK::Metadata)$`,
);

/** The function that API Gateway calls by this address of an integration or authoriser. */
export const targetOf = (uri: unknown): string | undefined =>
  /functions\/(arn:[^/]+)\/invocations/.exec(String(uri))?.[1];

/** @throws CannotStart where there is no assembly, no such stack, or a resource that is not served here */
export function readAssembly(folder: string, wanted?: string): Template {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file))
    throw new CannotStart(`There is no synthesized assembly in ${folder}: manifest.json is missing.`);
  const artifacts = objectOf(read(file).artifacts);
  const stacks = Object.entries(artifacts).filter(
    ([name, artifact]) =>
      objectOf(artifact).type === 'aws:cloudformation:stack' && (wanted === undefined || wanted === name),
  );
  const [found, ...others] = stacks;
  if (!found || others.length > 0) {
    const names = stacks.map(([name]) => name).join(', ') || 'none';
    throw new CannotStart(`The assembly must hold exactly one stack${wanted ? ` ${wanted}` : ''}; it holds: ${names}.`);
  }
  const [stack, artifact] = found;
  const { templateFile } = objectOf(objectOf(artifact).properties);
  return resolved(stack, read(join(folder, String(templateFile))), assetsOf(folder, artifacts));
}

const read = (file: string): JsonObject => objectOf(JSON.parse(readFileSync(file, 'utf8')));

function assetsOf(folder: string, artifacts: JsonObject): Map<string, string> {
  const paths = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    const { type, properties } = objectOf(artifact);
    if (type !== 'cdk:asset-manifest') continue;
    for (const entry of Object.values(objectOf(read(join(folder, String(objectOf(properties).file))).files))) {
      const { source, destinations } = objectOf(entry);
      for (const destination of Object.values(objectOf(destinations))) {
        paths.set(String(objectOf(destination).objectKey), join(folder, String(objectOf(source).path)));
      }
    }
  }
  return paths;
}

function resolved(stack: string, template: JsonObject, assets: ReadonlyMap<string, string>): Template {
  const raw = objectOf(template.Resources);
  const parameters = objectOf(template.Parameters);
  const conditions = objectOf(template.Conditions);
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::URLSuffix': urlSuffix,
    'AWS::StackName': stack,
    'AWS::StackId': arnFor('cloudformation', `stack/${stack}`),
    'AWS::NoValue': undefined,
  };

  const typeOf = (id: string) => String(objectOf(raw[id]).Type);
  const nameOf = (id: string): string => {
    const type = typeOf(id);
    const given = kinds[type]?.name;
    const value = given === undefined ? undefined : resolve(objectOf(objectOf(raw[id]).Properties)[given]);
    if (typeof value === 'string') return value;
    if (type === 'AWS::KMS::Key') {
      const hex = short(`${stack} ${id}`, 32);
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    }
    return type.startsWith('AWS::ApiGateway::') ? short(`${stack} ${id}`, 10) : `${stack}-${id}`;
  };
  const arnOf = (id: string): string => kinds[typeOf(id)]?.arn(nameOf(id)) ?? arnFor('cloudformation', id);

  const ref = (id: string): unknown => {
    if (id in pseudo) return pseudo[id];
    if (id in parameters) return objectOf(parameters[id]).Default;
    if (!(id in raw)) throw new CannotStart(`The template refers to ${id}, which it does not have.`);
    const type = typeOf(id);
    if (refIsArn.has(type)) return arnOf(id);
    if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.${urlSuffix}/${account}/${nameOf(id)}`;
    return nameOf(id);
  };
  const attribute = (id: string, name: string): unknown => {
    if (name === 'Arn' || name === 'TopicArn') return arnOf(id);
    if (name === 'RootResourceId') return `${nameOf(id)}-root`;
    if (name === 'QueueUrl') return ref(id);
    return nameOf(id);
  };
  const holds = (condition: unknown): boolean => {
    if (typeof condition === 'string') return holds(conditions[condition]);
    const [[name, value] = ['', undefined]] = Object.entries(objectOf(condition));
    if (name === 'Condition') return holds(value);
    const parts = listOf(value);
    if (name === 'Fn::Equals') return resolve(parts[0]) === resolve(parts[1]);
    if (name === 'Fn::Not') return !holds(parts[0]);
    if (name === 'Fn::And') return parts.every(holds);
    return name === 'Fn::Or' && parts.some(holds);
  };
  const substitute = (value: unknown): string => {
    const [text, more] = Array.isArray(value) ? value : [value, {}];
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (all, literal: string, name: string) => {
      if (literal) return all.replace('!', '');
      if (isObject(more) && name in more) return String(resolve(more[name]));
      const [id = '', attr] = name.split('.');
      return String(attr === undefined ? ref(id) : attribute(id, attr));
    });
  };
  const intrinsics: Readonly<Record<string, (value: unknown) => unknown>> = {
    Ref: (value) => ref(String(value)),
    'Fn::GetAtt': (value) => {
      const [id, name] = Array.isArray(value) ? value : String(value).split('.');
      return attribute(String(id), String(name));
    },
    'Fn::Join': (value) => {
      const [separator, parts] = listOf(value);
      return listOf(resolve(parts)).map(String).join(String(separator));
    },
    'Fn::Sub': substitute,
    'Fn::Select': (value) => {
      const [index, list] = listOf(value);
      return listOf(resolve(list))[Number(index)];
    },
    'Fn::Split': (value) => {
      const [separator, text] = listOf(value);
      return String(resolve(text)).split(String(separator));
    },
    'Fn::If': (value) => {
      const [condition, yes, no] = listOf(value);
      return resolve(holds(condition) ? yes : no);
    },
    'Fn::GetAZs': () => [`${region}a`, `${region}b`],
  };
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const [[name, inner] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
    if (intrinsic) return intrinsic(inner);
    const entries = Object.entries(value).map(([key, item]) => [key, resolve(item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }

  const resources = Object.entries(raw).map(([id, resource]): Resource => {
    const type = typeOf(id);
    if (!known.test(type)) throw new CannotStart(`${id} is a ${type}, which is not served on one machine.`);
    const properties = objectOf(resolve(objectOf(resource).Properties));
    return { id, type, properties, name: nameOf(id), arn: arnOf(id) };
  });
  const outputs = Object.entries(objectOf(template.Outputs)).map(([name, output]) => [
    name,
    String(resolve(objectOf(output).Value)),
  ]);
  return {
    stack,
    outputs: Object.fromEntries(outputs),
    resources: (type) => resources.filter((resource) => resource.type === type),
    asset: (key) => {
      const path = assets.get(key);
      if (path === undefined) throw new CannotStart(`The assembly has no asset ${key}.`);
      return path;
    },
  };
}
