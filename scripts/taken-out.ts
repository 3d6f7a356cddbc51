/**
 * S1–S15, each taken out of the source at one place after the other, and the test that must then fail. `npm run safeguards` does it
 * and says which are held; a test of every run sees that each place and each test is still there (docs/safeguards.md).
 */
export interface Edit {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly cut: string;
  readonly put: string;
}

export interface TakenOut {
  readonly safeguard: `S${number}`;
  /** What is gone. */
  readonly what: string;
  /** More than one where two layers hold the same. */
  readonly edits: readonly [Edit, ...Edit[]];
  readonly test: { readonly file: string; readonly title: string };
}

const out = (
  safeguard: TakenOut['safeguard'],
  what: string,
  [file, title]: readonly [string, string],
  ...edits: readonly [Edit, ...Edit[]]
): TakenOut => ({ safeguard, what, edits, test: { file, title } });

const edit = (file: string, cut: string, put: string): Edit => ({ file, cut, put });

const domain = (name: string) => `test/shared/domain/${name}.test.ts`;
const gate = 'test/infra/gate.test.ts';
const record = (name: string) => `test/shared/record/${name}.test.ts`;

export const takenOut: readonly TakenOut[] = [
  out(
    'S1',
    'a decision cites a verified event',
    [domain('case'), 'no level without a verified event (S1)'],
    edit('shared/domain/rules.ts', '      checkCited(state, decision, at);\n', ''),
  ),
  out(
    'S1',
    'the event is younger than a year',
    [domain('told'), 'lets no level rest on what is more than a year old'],
    edit(
      'shared/domain/deciding.ts',
      'const holds = level === null || (events.some(isOfLate) && hasGround(state, at));',
      'const holds = true;',
    ),
  ),
  out(
    'S1',
    'withdrawing the last event takes the level with it',
    [
      domain('level-end'),
      'takes the level with it where nothing else holds; the safety plan stays, and the owner is told',
    ],
    edit(
      'shared/domain/folding/level.ts',
      "hasGround(left, at) ? withinTheYear(left, state.level) : levelGone(left, 'lapsed');",
      'withinTheYear(left, state.level);',
    ),
  ),

  out(
    'S2',
    'a model weighs no need',
    [domain('case'), 'a model that weighs %s is refused (S2)'],
    edit('shared/domain/model.ts', '  if (!fits) throw', '  if (fits && points > 1e9) throw'),
  ),
  out(
    'S2',
    'a model weighs nothing that is barred or unknown',
    [domain('case'), 'a model that weighs %s is refused (S2)'],
    edit('shared/domain/model.ts', '  if (isBarred(key)) throw', "  if (isBarred(key) && key === '') throw"),
    edit(
      'shared/domain/model.ts',
      '  if (!isFact(key)) throw',
      "  if (!isFact(key)) return 'weapon_present';\n  if (points > 1e9) throw",
    ),
  ),
  out(
    'S2',
    'a city file carries no such factor',
    ['test/shared/config/barred.test.ts', 'with the factor %s is refused as such'],
    edit(
      'shared/config/barred.ts',
      'const word = found(key, factors, coercion);',
      'const word = found(key, coercion);',
    ),
  ),
  out(
    'S2',
    'words of a report change nothing',
    [
      record('barred'),
      'changes no byte of what is written: route, events, proposal, tasks, owners and clocks are the same',
    ],
    edit(
      'shared/domain/routing.ts',
      "const danger = concern !== undefined && wouldPropose(facts) !== 'none';",
      "const danger = concern !== undefined && (wouldPropose(facts) !== 'none' || /上访/.test(report.text));",
    ),
  ),
  out(
    'S2',
    'needs carry no points',
    [record('barred'), 'needs and circumstances carry no point: they change which help is offered, never the proposal'],
    edit(
      'shared/domain/model.ts',
      'const sum = contributions.reduce((total, c) => total + c.points, 0);',
      "const sum = contributions.reduce((total, c) => total + c.points, 0) + (sorted.some((event) => event.facts.some((f) => f.type === 'hardship_income')) ? 5 : 0);",
    ),
  ),

  out(
    'S3',
    'no level comes from an assessment',
    [domain('case'), 'an unverified event is verified first, then assessed, then decided by people'],
    edit(
      'shared/domain/folding/case.ts',
      "        status: state.status === 'reported' ? 'assessed' : state.status,\n",
      "        status: state.status === 'reported' ? 'assessed' : state.status,\n        level: proposal === 'none' ? state.level : { colour: proposal, since: action.at, lapses: action.at + 1, awaits: null, afterRed: false, renewed: false },\n",
    ),
  ),
  out(
    'S3',
    'a reason has twenty characters',
    [domain('deciding'), 'says why and what it changes'],
    edit('shared/domain/reasons.ts', 'export const leastReason = 20;', 'export const leastReason = 1;'),
  ),
  out(
    'S3',
    'the second person is another',
    [domain('case'), 'red needs another person of another department, else it is orange after 24 hours'],
    edit('shared/domain/deciding.ts', '  if (first.person === by.person) throw', "  if (first.person === '') throw"),
    edit('shared/domain/rules.ts', "      checkOther(by, state.level?.awaits?.person, 'decided first');\n", ''),
  ),
  out(
    'S3',
    'and of another department',
    [domain('case'), 'red needs another person of another department, else it is orange after 24 hours'],
    edit('shared/domain/deciding.ts', '  if (department === first.department) {', "  if (department === '') {"),
  ),

  out(
    'S4',
    'people may go below the proposal',
    [domain('deciding'), 'confirms the proposal, raises above it, lowers below it, or gives no level'],
    edit(
      'shared/domain/deciding.ts',
      'rank(one) > rank(proposal) : rank(one) < rank(proposal));',
      'rank(one) > rank(proposal) : false);',
    ),
  ),
  out(
    'S4',
    'no list is sorted by points',
    [domain('who-may'), 'sorts and finds nobody by a score (S4)'],
    edit(
      'shared/api/operations/oversight.ts',
      '    query: z.strictObject({\n      area: areaCode.optional()',
      "    query: z.strictObject({\n      sort: z.enum(['points']).optional(),\n      area: areaCode.optional()",
    ),
  ),

  out(
    'S5',
    'no plan speaks of control',
    [domain('planning'), 'a reason has twenty characters and speaks of help: verbs of coercion are refused'],
    edit(
      'shared/config/barred.ts',
      'export const coerciveWord = (text: string): string | undefined => found(text, coercion);',
      'export const coerciveWord = (text: string): string | undefined => found(text);',
    ),
  ),
  out(
    'S5',
    'no city has a duty of control',
    ['test/shared/config/barred.test.ts', 'with a duty named %s is refused as such'],
    edit('shared/config/barred.ts', 'found(json, inNames, coercion) : undefined;', 'found(json, inNames) : undefined;'),
  ),

  out(
    'S6',
    'nothing comes of a mediation that not both want',
    [domain('mediation'), 'nothing comes of it before both have said so: %s'],
    edit('shared/domain/rules.ts', "  if (content.kind === 'answered') checkConsents(task, content.answer);\n", ''),
  ),
  out(
    'S6',
    'violence at home bars joint sessions',
    [domain('mediation'), 'bars every joint session: %s can be neither planned nor added nor opened'],
    edit(
      'shared/domain/mediation.ts',
      "  state.subject === 'case' && !state.optIn && isViolentAtHome(state);",
      "  state.subject === 'case' && state.id === '' && isViolentAtHome(state);",
    ),
  ),

  out(
    'S7',
    'nobody is told before the affected person',
    [domain('noticing'), 'is void where the second %s: the notice is demanded, and still waits for her'],
    edit(
      'shared/domain/noticing.ts',
      '  if (isGuarded(state) && (clear === null || at < clear)) {',
      '  if (isGuarded(state) && clear !== null && at < clear) {',
    ),
  ),
  out(
    'S7',
    'a deferral needs a second person of another department',
    [domain('noticing'), 'rests on one person until a second of another department agrees'],
    edit(
      'shared/domain/noticing.ts',
      '  if (post(city, by.post).department === deferral.department) {',
      "  if (post(city, by.post).department === '') {",
    ),
  ),
  out(
    'S7',
    'a deferral ends',
    [
      domain('noticing'),
      'is chosen anew with ground and reason, for a month at most and ninety days in all; secrecy by law has no such end',
    ],
    edit('shared/domain/noticing.ts', '  if (end <= at || end > longest) {', '  if (end <= at) {'),
  ),

  out(
    'S8',
    'only what one was told of is contested',
    [domain('contesting'), 'is not possible where nobody was told, or no level stands'],
    edit('shared/domain/contesting.ts', '  if (!state.told) throw', "  if (state.id === '') throw"),
  ),
  out(
    'S8',
    'a decision is contested once, and more often on new facts only',
    [
      domain('contesting'),
      'comes once for a decision, unless facts are new; while it is open these join it and win no time',
    ],
    edit(
      'shared/domain/contesting.ts',
      '  if (!before || newFacts) return;',
      '  if (before?.n !== 0 || newFacts) return;',
    ),
  ),
  out(
    'S8',
    'whoever asked hears that there is an answer',
    [
      domain('request-notices'),
      'that somebody has taken it up, once, and that there is an answer, and never what it is',
    ],
    edit(
      'shared/domain/folding/case.ts',
      'return withEnd(withRequestNotices(state, handed, action.at), action.at);',
      'return withEnd(handed, action.at);',
    ),
  ),
  out(
    'S8',
    'who received something tells nothing of how somebody is protected',
    [domain('recipients'), 'nothing of how somebody is protected'],
    edit(
      'shared/domain/recipients.ts',
      '  if (grant.share !== null) return !isSafety(grant.share);',
      '  if (grant.share !== null) return true;',
    ),
  ),
  out(
    'S8',
    'whoever reviews took no part',
    [domain('contesting'), 'is neither taken up nor answered by anybody who acted in it before, nor twice by the same'],
    edit('shared/domain/rules.ts', '  checkApart(state, draft);\n', ''),
  ),
  out(
    'S8',
    'a contest that nobody answers ends the level',
    [domain('contesting'), 'of %s goes on day 8 to the lead beside the reviewer, and lapses on day 10'],
    edit(
      'shared/domain/ladder.ts',
      "      return contestUnanswered(city, state, task, now) ?? { kind: 'ended', ...on };",
      "      return { kind: 'ended', ...on };",
    ),
  ),
  out(
    'S8',
    'of red both of two must say that it stands',
    [domain('contesting'), 'lapses, and the safety plan stays, where one of the two is silent'],
    edit(
      'shared/domain/reviewing-apart.ts',
      "  if (task.kind === 'contest-second' || from !== 'red') {",
      "  if (task.kind === 'contest-second') return undefined;\n  if (from !== 'red') {",
    ),
  ),

  out(
    'S9',
    'nothing lasts longer than a year after the last verified event',
    [domain('level-end'), 'is the end of a level however it was decided, and a reviewer prolongs nothing beyond it'],
    edit(
      'shared/domain/level-end.ts',
      'Math.max(...grounds(state).map(({ at }) => at)) + year;',
      'Math.max(...grounds(state).map(({ at }) => at)) + 2 * year;',
    ),
  ),
  out(
    'S9',
    'a legal hold lasts twelve months in all',
    [
      domain('afterwards'),
      'again and again makes no more than twelve months in all, whichever of what belongs together is held',
    ],
    edit('shared/domain/holding.ts', 'const from = proceeding ? at : (since ?? at);', 'const from = at;'),
  ),
  out(
    'S9',
    'what has ended is forgotten',
    [
      record('expiry'),
      'is gone, with its people, words, reports and what led there; the list of erasures names it and nobody',
    ],
    edit(
      'shared/record/expiry.ts',
      'await putNew(table, { pk: expiryPartition(date), sk: expiryKey(date, id), log: id, what });',
      'await Promise.resolve([table, expiryPartition(date), expiryKey(date, id), what]);',
    ),
  ),
  out(
    'S9',
    'what stays open beside the end keeps nobody named for longer',
    [
      record('expiry'),
      'that nobody answers for keeps the dispute open, and nobody named in it: the rest goes once it is closed',
    ],
    edit(
      'shared/record/expiry.ts',
      'if (!isClosed(state)) return unnameBeside(forgetting, mark, state, now);',
      'if (!isClosed(state)) return unmark(table, mark);',
    ),
  ),
  out(
    'S9',
    'deciding anew on the same events prolongs nothing',
    [domain('told'), 'is refused by the rule table where it would, and is a new level with a new event'],
    edit(
      'shared/domain/rules.ts',
      '      if (decision.level && (decision.lapses ?? 0) > longest(state, decision.level)) {',
      '      if (decision.level && (decision.lapses ?? 0) > Number.MAX_SAFE_INTEGER) {',
    ),
  ),
  out(
    'S9',
    'only something newer renews a level',
    [
      domain('told'),
      'is no newer for who else tells of the same evening, nor for what happened before; what happened since renews',
    ],
    edit('shared/domain/told.ts', '&& at > stands.begins;', '&& at > 0;'),
  ),
  out(
    'S9',
    'what nobody has dated renews no level',
    [domain('first-look'), 'is decided on, counts, and renews no level: neither its time nor its renewal'],
    edit(
      'shared/domain/told.ts',
      "is === 'verified' && !undated && !known",
      "is === 'verified' && (!undated || at > 0) && !known",
    ),
  ),
  out(
    'S9',
    'what nobody has dated moves no end of a year',
    [domain('first-look'), 'moves the end of a year by nothing; only what was told first counts from then'],
    edit(
      'shared/domain/level-end.ts',
      '({ undated }, i) => i === 0 || !undated',
      '({ undated }, i) => i >= 0 || !undated',
    ),
  ),
  out(
    'S9',
    'what is told again counts once',
    [domain('first-look'), 'says that it is the same as one that holds: it counts once, and nobody decides anew'],
    edit('shared/domain/folding/events.ts', 'return same ? tellingOf(', 'return same && !id ? tellingOf('),
  ),
  out(
    'S9',
    'the history tells no colour of a level that is gone',
    [domain('gone'), 'is all of them while the level stands, and none when it has lapsed'],
    edit('shared/domain/gone.ts', '    if (isOver) gone = action.n;\n', '    if (isOver) gone = 0;\n'),
  ),
  out(
    'S9',
    'a lapse goes downwards',
    [domain('told'), 'lets a lapse go downwards only'],
    edit(
      'shared/domain/rules.ts',
      "const falls = content.kind === 'lapsed' && (content.to === null || content.from === 'red');",
      "const falls = content.kind === 'lapsed';",
    ),
  ),

  out(
    'S10',
    'the end of a level calls back what was received',
    [
      domain('recalling'),
      'a lapse shuts what is shared in the same action and asks each who has something, and nobody else',
    ],
    edit(
      'shared/domain/folding/ending.ts',
      'state.level === null ? state : recalled({ ...state, level: null }, cause);',
      "state.level === null || cause === 'over' ? state : { ...state, level: null };",
    ),
    edit(
      'shared/domain/folding/ending.ts',
      "  const over = recalled(levelEnded(state), 'level-ended');",
      '  const over = levelEnded(state);',
    ),
  ),
  out(
    'S10',
    'what was received through a dispute is called back with its case',
    [record('owing'), 'is not needed any more where the case ends without resolution'],
    edit(
      'shared/domain/owing.ts',
      "  if (endsWithoutResolution(before, after)) return [{ ...of, what: 'not-needed' }];",
      '  if (endsWithoutResolution(before, after)) return [];',
    ),
  ),
  out(
    'S10',
    'what turned out to be wrong is called back',
    [
      record('owing'),
      'is put in place after the answer, the case that it is part of is assessed anew, and who received it reads it anew',
    ],
    edit(
      'shared/domain/folding/matter.ts',
      "return content.what === 'own-data' ? askingFor(state, recalled(state, 'corrected'), action) : state;",
      'return state;',
    ),
  ),
  out(
    'S10',
    'a shared view ends with its day',
    [domain('recalling'), 'opens to its last moment, and then asks for what was kept'],
    edit('shared/domain/recalling.ts', 'share !== null && now < share.until &&', 'share !== null && now > 0 &&'),
  ),

  out(
    'S11',
    'the matrix refuses by default',
    [domain('who-may'), 'refuses what it does not name: no relation, no role, no phase grants by being absent'],
    edit(
      'shared/domain/who-may/permit.ts',
      'export function permitted({ operation, role, relations, phase }: Asked): ReadonlySet<Field> | undefined {\n',
      'export function permitted({ operation, role, relations, phase }: Asked): ReadonlySet<Field> | undefined {\n  if (relations.size === 0) return new Set();\n',
    ),
  ),
  out(
    'S11',
    'help goes to no police post',
    [domain('who-may'), 'is the police’s in no city file'],
    edit(
      'shared/domain/help.ts',
      "export const mayHelp = (role: PostRole): boolean => role !== 'community-police';",
      "export const mayHelp = (role: PostRole): boolean => role !== 'gateway';",
    ),
  ),
  out(
    'S11',
    'the police see no needs',
    [domain('who-may'), 'never shows the police what is a need or help (S11)'],
    edit(
      'shared/domain/who-may/matrix.ts',
      "    inArea(known, 'summary', 'level'),\n    atWork(before, 'summary', 'tasks', 'events', 'assessment', 'danger'),",
      "    inArea(known, 'summary', 'level', 'needs'),\n    atWork(before, 'summary', 'tasks', 'events', 'assessment', 'danger'),",
    ),
  ),

  out(
    'S12',
    'what cannot be written down is not shown',
    ['test/functions/audit-down.test.ts', 'the queue is down too: nothing of the case is shown to anybody'],
    edit(
      'functions/middleware/guard.ts',
      '      if (!(excepted && unwritten)) throw error;',
      '      if (!unwritten) throw error;',
    ),
  ),
  out(
    'S12',
    'an access that neither table nor queue takes is refused',
    [record('audit'), 'nothing may be shown'],
    edit(
      'shared/record/audit.ts',
      '    } catch (queue) {\n      throw new AuditUnavailable(',
      "    } catch (queue) {\n      if (chain !== '') return 'spooled';\n      throw new AuditUnavailable(",
    ),
  ),
  out(
    'S12',
    'a changed record is found',
    [domain('audit'), 'in which any field of any record is changed, added or taken away is broken at that very record'],
    edit('shared/domain/audit.ts', "  if (sealOf(open) !== hash) return { ...broken, why: 'changed' };\n", ''),
  ),
  out(
    'S12',
    'a record taken out is found',
    [domain('audit'), 'from which any record but the last is taken, or two change places, is broken'],
    edit(
      'shared/domain/audit.ts',
      "    return { n: before ? expected : after.n - 1, why: 'missing' };",
      '    return undefined;',
    ),
    edit(
      'shared/domain/audit.ts',
      "  return fits ? undefined : { n: after.n, at: after.at, why: 'moved' };",
      '  return fits ? undefined : undefined;',
    ),
  ),

  out(
    'S13',
    'nobody under 18 is a person of concern',
    [record('intake'), 'about somebody under 18 protects a child and flags nobody (S13)'],
    edit(
      'shared/domain/routing.ts',
      'const concern = respondents.find((person) => !minor(person));',
      'const concern = respondents.find(() => true);',
    ),
  ),
  out(
    'S13',
    'a refused purpose is refused',
    ['test/functions/purposes.test.ts', 'refuses %s, whoever asks'],
    edit(
      'functions/middleware/caller.ts',
      '  if (isPurpose(purpose)) return purpose;\n',
      "  if (isPurpose(purpose)) return purpose;\n  if (purpose !== '') return 'handling';\n",
    ),
  ),

  out(
    'S14',
    'a message is looked through',
    [domain('notices'), 'the scanner finds %s'],
    edit(
      'shared/domain/notices.ts',
      'export const isClean = (text: string): boolean => !telling.test(text);',
      "export const isClean = (text: string): boolean => text !== '';",
    ),
  ),
  out(
    'S14',
    'no message by night',
    [domain('quiet'), 'end in the morning: of the next day in the evening, of the same day after midnight'],
    edit('shared/domain/quiet.ts', '  if (!isQuiet(city, at)) return at;', '  if (at > 0) return at;'),
  ),
  out(
    'S14',
    'citizens are written to by what they called safe, by default not at all',
    [
      domain('citizen-notices'),
      'is asked of whoever complained or may be hurt; nobody else is told, and by default nobody',
    ],
    edit(
      'shared/domain/citizen-notices.ts',
      "(person.contact?.channel ?? 'none') !== 'none'",
      "(person.contact?.channel ?? 'sms') !== 'none'",
    ),
  ),

  out(
    'S15',
    'no city without its assessment, legal basis, reviewer, sunset and region',
    [gate, 'refuses a city without %s'],
    edit(
      'shared/config/governance.ts',
      ".describe('The gate: without all of this a city is not synthesized')",
      ".partial().describe('The gate: without all of this a city is not synthesized')",
    ),
  ),
  out(
    'S15',
    'the assessment is of the last twelve months',
    [gate, 'an assessment counts from the day of its signature for twelve months, and not before'],
    edit('infra/gate.ts', '  if (signed < oldest || signed > today) {', '  if (signed > today) {'),
  ),
  out(
    'S15',
    'a document is what was signed',
    [gate, 'a document that is not there, or is not what was signed, is named with what would do'],
    edit('infra/gate.ts', '  if (found === sha256) return [];', '  if (found) return [];'),
  ),
  out(
    'S15',
    'the sunset lies ahead',
    [gate, 'the sunset lies ahead, and no more than three years after the signature'],
    edit('infra/gate.ts', '  if (sunset.date <= today) {', "  if (sunset.date === '') {"),
  ),
  out(
    'S15',
    'and is no more than three years away',
    [gate, 'the sunset lies ahead, and no more than three years after the signature'],
    edit('shared/config/governance.ts', '  if (sunset.date > latest) {', "  if (sunset.date === '') {"),
  ),
  out(
    'S15',
    'the reviewer’s body handles nothing',
    [gate, 'the reviewer is of the body that reviews, and that body handles nothing'],
    edit(
      'shared/config/governance.ts',
      '  if (reviewing && !reviewing.includes(reviewer.body)) {',
      '  if (!reviewing) {',
    ),
  ),
  out(
    'S15',
    'what a state organ keeps stays in China',
    [gate, 'what a state organ keeps stays in China, and goes where the file says'],
    edit(
      'shared/config/governance.ts',
      '  if (data.stateOrgan && !regionsInChina',
      '  if (!data.stateOrgan && !regionsInChina',
    ),
  ),
  out(
    'S15',
    'while levels are stopped none begins',
    [record('governing'), 'none begins; the task stays open, and is answered when two have released them'],
    edit('shared/record/governing.ts', '  if (turn && isStopped(turn)) throw stoppedBy(turn);\n', ''),
  ),
  out(
    'S15',
    'nor does a red get its second person',
    [record('governing'), 'a red that rests on one person gets no second: disagreeing makes it orange'],
    edit('shared/domain/governance.ts', 'return rank(has) > rank(had) || isSeconded;', 'return rank(has) > rank(had);'),
  ),
  out(
    'S15',
    'what protects goes on while they are stopped',
    [record('governing'), 'protection goes on'],
    edit('shared/record/governing.ts', '  if (!raisesLevel(before, action, state)) return;\n', ''),
  ),
  out(
    'S15',
    'one person alone releases nothing',
    [domain('switching'), 'one person alone releases nothing'],
    edit(
      'shared/domain/switching.ts',
      "  if (current.state === 'stopped') return 'releasing';",
      "  if (current.state === 'stopped') return 'released';",
    ),
  ),
  out(
    'S15',
    'the second is another person',
    [domain('switching'), 'nor does the same person for another post'],
    edit('shared/domain/switching.ts', '  if (by.person === person) throw', "  if (by.person === '') throw"),
  ),
  out(
    'S15',
    'of another department',
    [domain('switching'), 'nor another person of the same department'],
    edit(
      'shared/domain/switching.ts',
      '  if (postOf(city, by.post).department === postOf(city, post).department) {',
      "  if (postOf(city, by.post).department === '') {",
    ),
  ),
  out(
    'S15',
    'after the sunset no level begins',
    [record('governing'), 'no level begins; on the last day one still does'],
    edit('shared/record/governing.ts', '  checkSunset(city, before, action, state);\n', ''),
  ),
  out(
    'S15',
    'no report opens anything',
    ['test/functions/sunset.test.ts', 'nothing new comes in, until the end of the last day everything does'],
    edit('functions/receive-report/sunset.ts', '  if (!isOpen) checkOpening(desk.city, now);\n', ''),
  ),
  out(
    'S15',
    'and tells no resident of anybody else',
    [
      'test/functions/sunset.test.ts',
      'a resident adds to their own; about anybody else they are answered as if nothing were there',
    ],
    edit('functions/receive-report/sunset.ts', "(caller.as === 'post' || (await", '(caller.as !== undefined || (await'),
  ),
  out(
    'S15',
    'none is renewed',
    [
      record('governing'),
      'none is renewed or decided anew for longer; what stands ends by itself, and protection goes on',
    ],
    edit(
      'shared/domain/governance.ts',
      'raisesLevel(before, action, after) || prolongsLevel(before, after)',
      'raisesLevel(before, action, after)',
    ),
  ),
  out(
    'S15',
    'small counts are not told',
    [domain('statistics'), 'are told from ten on; where there are fewer, nobody is to be found'],
    edit('shared/domain/statistics.ts', 'count: small.has(value) ? null : count', 'count'),
  ),
];
