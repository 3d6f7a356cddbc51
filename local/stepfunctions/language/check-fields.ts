import { isObject, type JsonObject } from '../json.ts';
import { type QueryLanguage, type StateType, stateTypes } from './asl.ts';
import { rule } from './check-rules.ts';
import { checkResource, checkTask, credentials } from './check-tasks.ts';
import {
  any,
  arrayOrObject,
  assign,
  boolean,
  type Check,
  type Context,
  evaluated,
  type Field,
  type Fields,
  inTurn,
  integer,
  list,
  notEmpty,
  number,
  object,
  oneOf,
  path,
  pathOrFunction,
  referencePath,
  type Shape,
  seeing,
  shaped,
  string,
  template,
  timestamp,
} from './check-values.ts';

// Which fields each state has, and what each field takes.

const field = (check: Check): Field => ({ check });
const jsonata = (check: Check): Field => ({ check, language: 'JSONata' });
const jsonpath = (check: Check): Field => ({ check, language: 'JSONPath' });

/** Seconds that AWS waits at most, about three years. */
const longest = 99_999_999;
const longestDelay = 31_622_400;
/** Bytes. */
const largestBatch = 262_144;
/** Characters. */
const longestName = 80;
const longestLabel = 40;

const seconds = evaluated(integer(1, longest));
const count = evaluated(integer(0));

/** A field, and the one that JSONPath has in its place. */
const either = (name: string): string[] => [name, `${name}Path`];

// ---- parts of states ------------------------------------------------------------------------------------------------

const queryLanguage = field(oneOf('JSONPath', 'JSONata'));
const common: Fields = { Type: field(any), Comment: field(string), QueryLanguage: queryLanguage };
const leading: Fields = { Next: field(string), End: field(boolean) };
const flowing: Fields = { InputPath: jsonpath(path), OutputPath: jsonpath(path), Output: jsonata(template) };
const assigning: Fields = { ...flowing, Assign: field(assign) };

const errorNames = inTurn(list(string), notEmpty);

const retrier = shaped({
  fields: {
    Comment: field(string),
    ErrorEquals: field(errorNames),
    // AWS takes 0, whatever its documents say.
    IntervalSeconds: field(integer(0, longest)),
    MaxAttempts: field(integer(0, longest)),
    BackoffRate: field(number(1)),
    MaxDelaySeconds: field(integer(1, longestDelay)),
    JitterStrategy: field(oneOf('NONE', 'FULL')),
  },
  required: ['ErrorEquals'],
});

const catcher = shaped({
  fields: {
    Comment: field(string),
    ErrorEquals: field(errorNames),
    Next: field(string),
    Assign: field(seeing('errorOutput', assign)),
    Output: jsonata(seeing('errorOutput', template)),
    ResultPath: jsonpath(referencePath),
  },
  required: ['ErrorEquals', 'Next'],
});

/** States.ALL takes whatever comes: nothing may stand beside it or after it. */
const allComesLast: Check = (value, at, { diagnostics }) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  for (const [i, item] of items.entries()) {
    const names: readonly unknown[] = isObject(item) && Array.isArray(item.ErrorEquals) ? item.ErrorEquals : [];
    const found = names.indexOf('States.ALL');
    if (found !== -1 && (names.length > 1 || i < items.length - 1)) {
      diagnostics.error(`${at}[${i}]/ErrorEquals[${found}]`, 'States.ALL must appear alone and at end of list');
    }
  }
};

/** Of a state that has a result, and may fail. */
const working: Fields = {
  ...flowing,
  Output: jsonata(seeing('result', template)),
  Assign: field(seeing('result', assign)),
  Parameters: jsonpath(template),
  ResultSelector: jsonpath(template),
  ResultPath: jsonpath(referencePath),
  Retry: field(inTurn(list(retrier), allComesLast)),
  Catch: field(inTurn(list(catcher), allComesLast)),
};

// ---- Map ------------------------------------------------------------------------------------------------------------

const processorConfig = shaped({
  fields: { Mode: field(oneOf('INLINE', 'DISTRIBUTED')), ExecutionType: field(oneOf('STANDARD', 'EXPRESS')) },
  also: ({ Mode: mode = 'INLINE', ExecutionType: executionType }, at, { diagnostics, type }) => {
    if (mode === 'INLINE' && executionType !== undefined) {
      diagnostics.error(at, "Field 'ExecutionType' is not supported");
    }
    if (mode !== 'DISTRIBUTED') return;
    if (executionType === undefined) diagnostics.error(at, 'These fields are required: [ExecutionType]');
    if (type === 'EXPRESS') {
      const what = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
      diagnostics.error(at, what);
    }
  },
});

const processor: Fields = { ProcessorConfig: field(processorConfig) };

const label: Check = inTurn(string, (value, at, { diagnostics }) => {
  if ([...String(value)].length <= longestLabel) return;
  const what = `exceeds the ${longestLabel}-character limit allowed by the service`;
  diagnostics.error(at, `Invalid Label name: ${String(value)} ${what}`, 'INVALID_LABEL_NAME');
});

const store: Fields = { Resource: field(string), Parameters: jsonpath(template), Arguments: jsonata(template) };

const batcher = shaped({
  fields: {
    MaxItemsPerBatch: field(count),
    MaxItemsPerBatchPath: jsonpath(path),
    MaxInputBytesPerBatch: field(evaluated(integer(0, largestBatch))),
    MaxInputBytesPerBatchPath: jsonpath(path),
    BatchInput: field(template),
  },
});

// ---- states ---------------------------------------------------------------------------------------------------------

const shapes: Readonly<Record<StateType, Shape>> = {
  Task: {
    fields: {
      ...common,
      ...leading,
      ...working,
      Resource: field(checkResource),
      Arguments: jsonata(template),
      Credentials: field(credentials),
      TimeoutSeconds: field(seconds),
      TimeoutSecondsPath: jsonpath(path),
      HeartbeatSeconds: field(seconds),
      HeartbeatSecondsPath: jsonpath(path),
    },
    required: ['Resource'],
    exactlyOne: [['Next', 'End']],
    atMostOne: [either('TimeoutSeconds'), either('HeartbeatSeconds')],
    also: checkTask,
  },
  Wait: {
    fields: {
      ...common,
      ...leading,
      ...assigning,
      Seconds: field(evaluated(integer(0, longest))),
      SecondsPath: jsonpath(path),
      Timestamp: field(evaluated(timestamp)),
      TimestampPath: jsonpath(path),
    },
    exactlyOne: [
      ['Next', 'End'],
      ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'],
    ],
  },
  Pass: {
    fields: {
      ...common,
      ...leading,
      ...assigning,
      Parameters: jsonpath(template),
      Result: jsonpath(any),
      ResultPath: jsonpath(referencePath),
    },
    exactlyOne: [['Next', 'End']],
  },
  Succeed: { fields: { ...common, ...flowing } },
  Fail: {
    fields: {
      ...common,
      Error: field(evaluated(string)),
      ErrorPath: jsonpath(pathOrFunction),
      Cause: field(evaluated(string)),
      CausePath: jsonpath(pathOrFunction),
    },
    atMostOne: [either('Error'), either('Cause')],
  },
  Choice: {
    fields: { ...common, ...assigning, Choices: field(inTurn(list(rule), notEmpty)), Default: field(string) },
    required: ['Choices'],
  },
  Parallel: {
    fields: {
      ...common,
      ...leading,
      ...working,
      Arguments: jsonata(template),
      Branches: field(inTurn(list(inside({})), notEmpty)),
    },
    required: ['Branches'],
    exactlyOne: [['Next', 'End']],
  },
  Map: {
    fields: {
      ...common,
      ...leading,
      ...working,
      ItemProcessor: field(inside(processor)),
      Iterator: field(inside(processor)),
      Items: jsonata(evaluated(inTurn(arrayOrObject, template))),
      ItemsPath: jsonpath(referencePath),
      ItemSelector: field(template),
      ItemReader: field(shaped({ fields: { ...store, ReaderConfig: field(object) }, required: ['Resource'] })),
      ItemBatcher: field(batcher),
      ResultWriter: field(shaped({ fields: { ...store, WriterConfig: field(object) } })),
      Label: field(label),
      MaxConcurrency: field(count),
      MaxConcurrencyPath: jsonpath(path),
      ToleratedFailureCount: field(count),
      ToleratedFailureCountPath: jsonpath(path),
      ToleratedFailurePercentage: field(evaluated(number(0, 100))),
      ToleratedFailurePercentagePath: jsonpath(path),
    },
    exactlyOne: [
      ['Next', 'End'],
      ['ItemProcessor', 'Iterator'],
    ],
    atMostOne: [either('MaxConcurrency'), either('ToleratedFailureCount'), either('ToleratedFailurePercentage')],
  },
};

// ---- machines -------------------------------------------------------------------------------------------------------

/** What is there and is not JSONPath is taken as JSONata, as AWS does. */
export const languageIn = (value: JsonObject, inherited: QueryLanguage): QueryLanguage =>
  value.QueryLanguage === undefined ? inherited : value.QueryLanguage === 'JSONPath' ? 'JSONPath' : 'JSONata';

function checkState(value: JsonObject, at: string, context: Context): void {
  const { diagnostics, machineLanguage } = context;
  const type = stateTypes.find((known) => known === value.Type);
  if (type === undefined) {
    if (!Object.hasOwn(value, 'Type')) diagnostics.error(at, 'These fields are required: [Type]');
    else {
      const known = `should have one of these values: [${stateTypes.join(', ')}]`;
      diagnostics.error(`${at}/Type`, `The field 'Type' ${known}`);
    }
    return;
  }
  const language = languageIn(value, machineLanguage);
  const refused = machineLanguage === 'JSONata' && language === 'JSONPath';
  if (refused) {
    const what = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    diagnostics.error(at, what);
  }
  shaped(shapes[type])(value, at, { ...context, language: refused ? undefined : language });
}

const states: Check = inTurn(object, notEmpty, (value, at, context) => {
  const { diagnostics } = context;
  for (const [name, state] of Object.entries(Object(value))) {
    const place = `${at}/${name}`;
    if ([...name].length > longestName) {
      const what = `exceeds the ${longestName}-character limit allowed by the service`;
      diagnostics.error(place, `Invalid State name: ${name} ${what}`, 'INVALID_STATE_NAME');
    }
    if (isObject(state)) checkState(state, place, context);
    else object(state, place, context);
  }
});

/** States, and where they start. They share their variables. */
function flow(more: Fields): Check {
  const check = shaped({
    fields: { Comment: field(string), StartAt: field(string), States: field(states), ...more },
    required: ['States', 'StartAt'],
  });
  return (value, at, context) => {
    const config = isObject(value) ? value.ProcessorConfig : undefined;
    // Each item of a distributed Map is an execution of its own.
    const apart = isObject(config) && config.Mode === 'DISTRIBUTED';
    check(value, at, { ...context, flow: { around: apart ? undefined : context.flow, assigned: new Set() } });
  };
}

/** A machine inside a state. It has no query language of its own. */
function inside(more: Fields): Check {
  return (value, at, context) => flow(more)(value, at, { ...context, language: undefined, sees: undefined });
}

export const machine: Check = flow({
  Version: field(oneOf('1.0')),
  TimeoutSeconds: field(integer(0, longest)),
  QueryLanguage: queryLanguage,
});
