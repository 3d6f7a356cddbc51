/** The linter of the contract: its recommended rules, and some that it leaves to the taste of the house. */
import { createConfig, lintFromString } from '@redocly/openapi-core';

/** Every error and warning as one line. */
export async function linted(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      'operation-4xx-problem-details-rfc7807': 'error',
      'operation-singular-tag': 'error',
      'operation-tag-defined': 'error',
      'parameter-description': 'error',
      'path-params-defined': 'error',
      'paths-kebab-case': 'error',
    },
  });
  const found = await lintFromString({ source, absoluteRef: 'docs/openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer ?? ''}: ${message}`);
}
