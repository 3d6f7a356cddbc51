import { describe, expect, it } from 'vitest';
import { faultsIn } from '../../scripts/check-imports.ts';

const faults = (path: string, text: string) => faultsIn([{ path, text }]);

describe('imports run one way', () => {
  it.each([
    ['functions/act-on-task/handler.ts', "import { x } from '../../infra/api.ts';"],
    ['shared/domain/fold.ts', "import { x } from '../../functions/middleware/api.ts';"],
    ['infra/api.ts', "import { x } from '../shared/domain/fold.ts';"],
    ['local/cloud/index.ts', "import { x } from '../../shared/domain/fold.ts';"],
    ['local/stepfunctions/engine.ts', "import { x } from '../cloud/index.ts';"],
    ['local/replay/run.ts', "import { x } from '../../infra/synthesize.ts';"],
    ['shared/domain/fold.ts', "const x = await import('../../test/support/city.ts');"],
  ])('%s: %s', (path, text) => {
    expect(faults(path, `// first\n${text}`)).toEqual([expect.stringMatching(`^${path}:2 `)]);
  });

  it('lets pass what the house is built of', () => {
    expect(faults('functions/act-on-task/handler.ts', "import { x } from '../../shared/errors.ts';")).toEqual([]);
    expect(faults('local/replay/run.ts', "import { x } from '../cloud/index.ts';")).toEqual([]);
    expect(faults('infra/api.ts', "import { x } from 'aws-cdk-lib';")).toEqual([]);
  });
});

describe('time comes in with the event', () => {
  it.each(['Date.now()', 'new Date()', 'Math.random()', 'performance.now()'])('%s is found', (call) => {
    expect(faults('shared/domain/fold.ts', `const now = ${call};`)).toHaveLength(1);
    expect(faults('local/cloud/clock.ts', `const now = ${call};`)).toEqual([]);
  });

  it('but not in a comment, nor a date that is given', () => {
    expect(faults('shared/x.ts', '// never Date.now()\n/* nor Math.random() */\nconst at = new Date(given);')).toEqual(
      [],
    );
  });
});
