import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Comparison } from '../../../local/stepfunctions/conformance/compare.ts';
import { filesIn, readCase, type TestStateCase } from '../../../local/stepfunctions/conformance/files.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';
import { isObject, type JsonObject } from '../../../local/stepfunctions/json.ts';
import { ask } from './test-state-ask.ts';

describe('what AWS was recorded to answer', () => {
  const recorded: TestStateCase[] = filesIn(join(import.meta.dirname, '../../asl-conformance/test-state')).flatMap(
    (file) => {
      const read = readCase(file);
      return read?.kind === 'testState' ? [read] : [];
    },
  );
  const answerTo = ({ request }: TestStateCase): Promise<JsonObject> =>
    ask(request).catch((error: unknown) => {
      if (!(error instanceof StepFunctionsError)) throw error;
      return { exception: { code: error.name, message: error.message } };
    });

  test.each(recorded.filter(({ queryLanguage }) => queryLanguage !== 'JSONPath'))('$id', async (one) => {
    expect(new Comparison().difference(one.expected, await answerTo(one))).toBeUndefined();
  });

  // botocore refuses some requests itself: they never come to the service.
  const refused = recorded.filter(({ queryLanguage, expected: { exception } }) => {
    return queryLanguage === 'JSONPath' && isObject(exception) && exception.code !== 'ParamValidationError';
  });
  test.each(refused)('$id, whose language does not matter', async (one) => {
    expect(new Comparison().difference(one.expected, await answerTo(one))).toBeUndefined();
  });

  test('all of them were there', () => {
    expect(recorded.length).toBeGreaterThan(100);
    expect(refused.length).toBeGreaterThan(20);
  });
});
