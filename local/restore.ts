/** npm run restore -- --table RESTORED --erasures LIST [--endpoint URL] */
import { DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { openList } from '../shared/record/table.ts';
import { replayErasures } from './erasures.ts';
import { BadOptions, optionsIn, text } from './replay/options.ts';

const usage = 'npm run restore -- --table RESTORED --erasures LIST [--endpoint URL]';
const kinds = { table: { type: 'string' }, erasures: { type: 'string' }, endpoint: { type: 'string' } } as const;

async function main(): Promise<void> {
  const { values } = optionsIn(process.argv.slice(2), kinds, usage);
  const [table, erasures, endpoint] = [text(values.table), text(values.erasures), text(values.endpoint)];
  if (table === undefined || erasures === undefined) {
    throw new BadOptions(`Name the restored table and the erasure list. Usage: ${usage}`);
  }
  const client = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
  // Both unguarded: the copy is not the city's own table before this is done.
  const count = await replayErasures(openList(erasures, client), openList(table, client));
  console.log(`已重放删除 ${count} 条 erasures done again: ${table} may be used now.`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BadOptions || error instanceof ResourceNotFoundException)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
