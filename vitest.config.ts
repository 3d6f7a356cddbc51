import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rules and nothing else: no city, nothing is mocked. They share their workers, which spares each file a start. */
const rules = ['test/shared/{api,calendar,config,domain}/**/*.test.ts'];

/** They take minutes: begun first, nothing is left to wait for at the end. */
const longest = ['replay/quarter', 'crash/struck-lives', 'lives/lives', 'crash/', 'scenarios/', 'protocol/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const name = relative(`${import.meta.dirname}/test`, moduleId);
      const found = longest.findIndex((beginning) => name.startsWith(beginning));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // Two cores: the city of an integration test has threads of its own.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'cities',
          include: ['test/**/*.test.ts'],
          exclude: rules,
          globalSetup: ['test/support/assembly.ts'],
        },
      },
      { extends: true, test: { name: 'rules', include: rules, isolate: false } },
    ],
  },
});
