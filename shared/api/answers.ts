/** Which problems an operation answers, and what each looks like: for the document, its readers, and the middleware. */
import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { always, type ProblemType, type problemSchema, problems, problemTitle, problemUrn } from './problems.ts';

const unasked = ['too-many-requests', 'internal'] as const satisfies readonly ProblemType[];

/** Every type that may be answered, once each: those of its kind, those that body and ETag bring, its own. */
export function problemsOf({ kind, body, etag, problems: own = [] }: Operation): ProblemType[] {
  const all: ProblemType[] = [...(kind === 'public' ? unasked : always)];
  if (body) all.push('unsupported-media');
  if (etag === 'needed') all.push('precondition-required');
  if (etag === 'needed' || etag === 'optional') all.push('precondition-failed');
  return [...new Set([...all, ...own])];
}

const more: { readonly [T in ProblemType]?: Partial<z.input<typeof problemSchema>> } = {
  invalid: { faults: [{ path: 'outcome', value: 'maybe', allowed: 'verified, unfounded' }] },
  unknown: { faults: [{ path: 'id', value: 'C-000000000000', allowed: 'the id of a case' }] },
  'purpose-refused': { allowed: ['handling', 'oversight'] },
  refused: { allowed: ['acknowledge', 'answer'] },
  held: { allowed: ['from 2027-01-05T02:00:00.000Z on, or when the independent reviewer has released it'] },
  'holder-needed': { allowed: ['another holder from the same day on'] },
};

export const problemExample = (type: ProblemType): z.input<typeof problemSchema> => ({
  type: problemUrn(type),
  title: problemTitle(type),
  status: problems[type].status,
  detail: problems[type].remedy.en,
  instance: '7f0c3c1e-5d0a-4d6b-9a52-1f6f0f3a9d11',
  ...more[type],
});
