/**
 * Identity policies of the template, enforced on every call by action, resource and condition. Decisions are remembered by what
 * the policies can tell apart: which of their resource and key patterns match.
 */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ServiceError } from './errors.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';
import { account, type Resource, type Template } from './template.ts';

/** Who calls: a role, and in which session (a function's name). */
export interface Caller {
  readonly role: string;
  readonly session: string;
}

export interface Access {
  readonly action: string;
  readonly resource: string;
  /** Partition keys that a DynamoDB request reaches. */
  readonly leadingKeys?: readonly string[];
}

interface Role {
  readonly arn: string;
  readonly policies: { name: string; policy: JsonObject }[];
  readonly resources: RegExp[];
  readonly keys: RegExp[];
  readonly decisions: Map<string, boolean>;
}

/** The access key that a signature names. The signature itself is not verified: who has the port is on this machine. */
export const accessKeyIn = (authorization: string | undefined): string | undefined =>
  /Credential=([^/,\s]+)/.exec(authorization ?? '')?.[1];

/** Access keys of people, each for the role whose name ends so. */
const people: ReadonlySet<string> = new Set(['operator', 'auditor']);

/** `*` and `?` as in policies. */
export const patternOf = (text: unknown): RegExp =>
  new RegExp(
    `^${String(text)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  );

export class Iam {
  readonly #roles = new Map<string, Role>();
  /** A key is used only by whom its own policy lets in: there alone identity policies are not enough. */
  readonly #keyPolicies = new Map<string, JsonObject>();
  readonly #denied: (message: string) => void;

  constructor(template: Template, denied: (message: string) => void) {
    this.#denied = denied;
    const policies = template.resources('AWS::IAM::Policy');
    for (const { arn, properties } of template.resources('AWS::KMS::Key')) {
      this.#keyPolicies.set(arn, objectOf(properties.KeyPolicy));
    }
    for (const role of template.resources('AWS::IAM::Role')) this.#roles.set(role.name, roleOf(role, policies));
  }

  /** The caller whose access key this is: `LOCAL:<role>:<session>`, or one of the people. */
  callerOf(accessKeyId: string): Caller {
    if (people.has(accessKeyId)) {
      const role = [...this.#roles.keys()].find((name) => name.endsWith(`-${accessKeyId}`));
      if (role !== undefined) return { role, session: accessKeyId };
    }
    const [local, role = '', session = ''] = accessKeyId.split(':');
    if (local === 'LOCAL' && this.#roles.has(role)) return { role, session };
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    );
  }

  callerOfRole(arn: string, session: string): Caller {
    return { role: arn.slice(arn.lastIndexOf('/') + 1), session };
  }

  /** @throws ServiceError AccessDeniedException, worded as AWS words it */
  async check(caller: Caller, access: Access): Promise<void> {
    const role = this.#roles.get(caller.role);
    if (role && (await decision(role, access, this.#keyPolicies.get(access.resource)))) return;
    const message = `User: arn:aws-cn:sts::${account}:assumed-role/${caller.role}/${caller.session} is not authorized to perform: ${access.action} on resource: ${access.resource} because no identity-based policy allows the ${access.action} action`;
    this.#denied(message);
    throw new ServiceError('AccessDeniedException', message);
  }
}

function roleOf(role: Resource, policies: Resource[]): Role {
  const inline = listOf(role.properties.Policies).filter(isObject);
  const attached = policies
    .filter(({ properties }) => listOf(properties.Roles).includes(role.name))
    .map(({ properties }) => properties);
  const documents = [...inline, ...attached].map(({ PolicyName, PolicyDocument }) => ({
    name: String(PolicyName),
    policy: objectOf(PolicyDocument),
  }));
  const statements = documents.flatMap(({ policy }) => listOf(policy.Statement).filter(isObject));
  const conditions = statements.flatMap(({ Condition }) => Object.values(objectOf(Condition)).filter(isObject));
  return {
    arn: role.arn,
    policies: documents,
    resources: statements.flatMap(({ Resource: resource }) => listOf(resource).map(patternOf)),
    keys: conditions.flatMap((test) => listOf(test['dynamodb:LeadingKeys']).map(patternOf)),
    decisions: new Map(),
  };
}

const matched = (patterns: RegExp[], text: string) =>
  patterns.map((pattern) => (pattern.test(text) ? '1' : '0')).join('');

async function decision(
  role: Role,
  { action, resource, leadingKeys }: Access,
  resourcePolicy: JsonObject | undefined,
): Promise<boolean> {
  const classes = leadingKeys?.map((key) => matched(role.keys, key)).sort();
  const known = `${action} ${matched(role.resources, resource)} ${classes ? [...new Set(classes)].join() : '-'}`;
  const remembered = role.decisions.get(known);
  if (remembered !== undefined) return remembered;
  const result = await runSimulation(
    {
      request: {
        principal: role.arn,
        action,
        resource: { resource, accountId: account },
        contextVariables: leadingKeys ? { 'dynamodb:LeadingKeys': [...leadingKeys] } : {},
      },
      identityPolicies: role.policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy ? { resourcePolicy } : {}),
    },
    {},
  );
  if (result.resultType === 'error') throw new TypeError(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  const allowed = result.overallResult === 'Allowed';
  role.decisions.set(known, allowed);
  return allowed;
}
