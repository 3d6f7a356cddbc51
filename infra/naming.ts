/** Names that stay: logical ids are an interface, a changed one replaces what it names. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Gives the resource behind a construct this logical id. */
export function pin(construct: IConstruct, id: string): void {
  const resource = construct.node.defaultChild ?? construct;
  if (!(resource instanceof CfnResource)) throw new TypeError(`${construct.node.path} is not one resource`);
  resource.overrideLogicalId(id);
}

/** receive-report → ReceiveReport */
export const pascal = (name: string): string => name.replace(/(^|-)(\w)/g, (_, _dash, letter) => letter.toUpperCase());

/** Fixed names of the two machines: their ARNs can be written down before they exist, so that grants make no circle. */
export interface Machines {
  readonly lifecycleName: string;
  readonly taskName: string;
  readonly lifecycleArn: string;
  readonly taskArn: string;
  readonly lifecycleExecutions: string;
  readonly taskExecutions: string;
  /** What both do, as a hash: an execution that waits names it, so that it is seen where it came from. */
  readonly definition: string;
}

const kinds = ['lifecycle', 'task'] as const;
export const aslOf = (definitions: string, kind: (typeof kinds)[number]): string =>
  readFileSync(join(definitions, `${kind}.asl.json`), 'utf8');

/** @param definitions folder of the ASL files */
export function machinesOf(stack: Stack, cityId: string, definitions: string): Machines {
  const states = (resource: string) => `arn:${stack.partition}:states:${stack.region}:${stack.account}:${resource}`;
  const lifecycleName = `hejie-${cityId}-lifecycle`;
  const taskName = `hejie-${cityId}-task`;
  return {
    lifecycleName,
    taskName,
    lifecycleArn: states(`stateMachine:${lifecycleName}`),
    taskArn: states(`stateMachine:${taskName}`),
    lifecycleExecutions: states(`execution:${lifecycleName}:*`),
    taskExecutions: states(`execution:${taskName}:*`),
    definition: hashOf(kinds.map((kind) => aslOf(definitions, kind))),
  };
}

const hashOf = (texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12);
