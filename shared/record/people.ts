/** Who took part and what was told, opened for those entitled. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DisputeId } from '../domain/ids.ts';
import type { State } from '../domain/state.ts';
import { sealedOf, unseal } from './seal.ts';
import { partitionOf, type Table } from './table.ts';

export interface People {
  readonly table: Table;
  readonly kms: KMSClient;
}

export interface Part {
  readonly dispute: DisputeId;
  readonly report: string;
  /** The role in the dispute, or `text` for the report's own words. */
  readonly role: string;
  readonly content: unknown;
}

export async function peopleOf(people: People, state: State): Promise<Part[]> {
  const disputes = state.subject === 'case' ? state.disputes : [state.id];
  const found = await Promise.all(disputes.map((dispute) => ofDispute(people, dispute)));
  return found.flat();
}

async function ofDispute({ table, kms }: People, dispute: DisputeId): Promise<Part[]> {
  const pages = await Promise.all(
    ['PERSON#', 'TEXT#'].map((prefix) =>
      table.db.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk and begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': partitionOf(dispute), ':prefix': prefix },
        }),
      ),
    ),
  );
  return Promise.all(
    pages
      .flatMap((page) => page.Items ?? [])
      .map(async (item) => ({
        dispute,
        report: String(item.sk).split('#')[1] ?? '',
        role: String(item.role),
        content: await unseal({ kms }, `${dispute} ${item.sk}`, sealedOf(item)),
      })),
  );
}
