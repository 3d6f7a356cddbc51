/** The ten-state machine in both languages, and what its tasks do. */
import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export const account = { partition: 'aws', region: 'us-east-1', account: '111111111111' } as const;
export const roleArn = 'arn:aws:iam::111111111111:role/bench';
const functionArn = 'arn:aws:lambda:us-east-1:111111111111:function:addOne';

/** What both engines are given, and what both must make of it. */
export const input = { n: 1 };
export const output = { n: 3, k: 'v' };
export const transitions = 10;

const pass = (Next: string) => ({ Type: 'Pass', Output: { n: '{% $states.input.n %}', k: 'v' }, Next });
const choice = (Next: string) => ({
  Type: 'Choice',
  Choices: [{ Condition: '{% $states.input.n > 100 %}', Next: 'S10' }],
  Default: Next,
});
const task = (Next: string) => ({ Type: 'Task', Resource: functionArn, Next });

/** A definition as CreateStateMachine takes it. */
export const definitionOf = (States: object): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States });

export const jsonata = definitionOf({
  S1: pass('S2'),
  S2: choice('S3'),
  S3: task('S4'),
  S4: pass('S5'),
  S5: choice('S6'),
  S6: pass('S7'),
  S7: task('S8'),
  S8: pass('S9'),
  S9: choice('S10'),
  S10: { Type: 'Pass', End: true },
});

type PathState = StateMachineDefinition['States'][string];

const pathPass = (Next: string): PathState => ({ Type: 'Pass', Parameters: { 'n.$': '$.n', k: 'v' }, Next });
const pathChoice = (Next: string): PathState => ({
  Type: 'Choice',
  Choices: [{ Variable: '$.n', NumericGreaterThan: 100, Next: 'S10' }],
  Default: Next,
});
const pathTask = (Next: string): PathState => ({ Type: 'Task', Resource: functionArn, Next });

export const jsonPath: StateMachineDefinition = {
  StartAt: 'S1',
  States: {
    S1: pathPass('S2'),
    S2: pathChoice('S3'),
    S3: pathTask('S4'),
    S4: pathPass('S5'),
    S5: pathChoice('S6'),
    S6: pathPass('S7'),
    S7: pathTask('S8'),
    S8: pathPass('S9'),
    S9: pathChoice('S10'),
    S10: { Type: 'Pass', End: true },
  },
};

/** The states of `jsonPath` that `addOne` stands for. */
export const tasks = ['S3', 'S7'] as const;

/** The function behind every task, the same for both engines. */
export const addOne = async (value: unknown) => {
  const n = typeof value === 'object' && value !== null && 'n' in value ? Number(value.n) : Number.NaN;
  return { n: n + 1 };
};

/**
 * Goes round until `n` is reached, with a task in every round: each has a commit of its own, so that all rounds cost the
 * same but for how long the history is.
 */
export const loop = {
  definition: definitionOf({
    Count: { Type: 'Pass', Output: { n: '{% $states.input.n %}', to: '{% $states.input.to %}' }, Next: 'More' },
    More: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.n < $states.input.to %}', Next: 'Add' }],
      Default: 'Done',
    },
    Add: {
      Type: 'Task',
      Resource: functionArn,
      Output: { n: '{% $states.result.n %}', to: '{% $states.input.to %}' },
      Next: 'Count',
    },
    Done: { Type: 'Succeed' },
  }),
  /** Of one round: two of the Pass, two of the Choice, five of the Task. */
  events: 9,
  transitions: 3,
} as const;

export const map = definitionOf({
  Each: {
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: 'Add',
      States: { Add: { Type: 'Task', Resource: functionArn, End: true } },
    },
    End: true,
  },
});

/** A quarter, and `later` seconds: no two executions wake together. */
export const waiting = definitionOf({
  Wait: { Type: 'Wait', Seconds: '{% 7776000 + $states.input.later %}', Next: 'Done' },
  Done: { Type: 'Succeed' },
});

export const callback = definitionOf({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: { QueueUrl: 'queue', MessageBody: { token: '{% $states.context.Task.Token %}' } },
    End: true,
  },
});
