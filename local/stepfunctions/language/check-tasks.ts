import { isObject, type JsonObject } from '../json.ts';
import { type Check, type Context, inTurn, object, string, template } from './check-values.ts';
import { parseResource, requiredFields } from './resource.ts';

/** What an Express machine cannot do, in AWS's words: one of them ends in a space. */
const notExpress: Readonly<Record<string, string>> = {
  sync: "'.sync' service integration",
  'sync:2': "'.sync' service integration",
  waitForTaskToken: "'.waitForTaskToken' service integration ",
};

export const checkResource: Check = inTurn(string, (value, at, { diagnostics, type }) => {
  const arn = String(value);
  const resource = parseResource(arn);
  if (!arn.startsWith('arn:')) diagnostics.error(at, 'Value is not a valid resource ARN');
  else if (resource === undefined) {
    const why = 'The value is not a valid resource ARN, or the resource is not available in this region.';
    diagnostics.error(at, `The resource provided ${arn} is not recognized. ${why}`);
  } else if (type === 'EXPRESS') {
    const cannot = resource.kind === 'activity' ? 'Activity ARN' : notExpress[resource.pattern];
    if (cannot !== undefined) diagnostics.error(at, `Express state machine does not support ${cannot}`);
  }
});

function requireFields(value: JsonObject, names: readonly string[], at: string, { diagnostics }: Context): void {
  for (const name of names) {
    if (!Object.hasOwn(value, name) && !Object.hasOwn(value, `${name}.$`)) {
      diagnostics.error(at, `The field '${name}' is required but was missing`);
    }
  }
}

export const credentials: Check = inTurn(object, (value, at, context) => {
  if (isObject(value)) requireFields(value, ['RoleArn'], at, context);
  template(value, at, context);
});

/** What the fields of a Task ask of each other. */
export function checkTask(task: JsonObject, at: string, context: Context): void {
  const { diagnostics, language } = context;
  const resource = typeof task.Resource === 'string' ? parseResource(task.Resource) : undefined;
  if (resource?.kind === 'service' && language !== undefined) {
    const name = language === 'JSONata' ? 'Arguments' : 'Parameters';
    const given = task[name];
    if (given === undefined) {
      diagnostics.error(`${at}/Resource`, `${name} field is required for resource ARN: ${resource.arn}`);
    } else if (isObject(given)) requireFields(given, requiredFields(resource), `${at}/${name}`, context);
  }
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = task;
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    diagnostics.error(`${at}/HeartbeatSeconds`, 'HeartbeatSeconds must be smaller than TimeoutSeconds');
  }
}
