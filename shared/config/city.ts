/** What a city decides: the schema of infra/cities/<city>.json. A broken file is refused with all its faults at once. */
import * as z from 'zod';
import { disputeTypes, levels, measureKinds, postRoles, taskKinds } from '../domain/words.ts';
import type { Fault } from '../errors.ts';
import { barredWords } from './barred.ts';
import { cityFaults, type Parts } from './city-rules.ts';
import { durationSchema, timeOfDaySchema } from './duration.ts';
import { governanceSchema } from './governance.ts';

const name = z
  .strictObject({ zh: z.string().min(1).describe('Chinese name'), en: z.string().min(1).describe('English name') })
  .describe('What people read, in both languages');

const identifier = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');
const days = z.array(z.int().min(1).max(180)).max(8);

const level = z.strictObject({
  tier: z.string().describe('Tier whose post is accountable at first'),
  decide: durationSchema.describe('From receipt to the human decision'),
  contact: durationSchema.describe('From the decision to the first supportive contact with the affected person'),
  plan: durationSchema.describe('From the contact to the plan with owners and dates'),
  review: durationSchema.describe('From one review to the next'),
  lapse: durationSchema.describe('After this long without a new decision the level ends by itself'),
  measures: z.int().min(1).max(12).describe('A plan holds at most so many measures'),
  checkIns: days.describe('Days after the resolution on which somebody asks how things are; may be declined'),
});
/** Where several departments talk before or beside the decision. */
const talked = level.extend({ talk: durationSchema.describe('From the assessment to the multi-agency talk') });

const windows = z.strictObject({
  acknowledge: durationSchema
    .optional()
    .describe('From opening to the acknowledgement by the accountable post; absent only where the end is the one wait'),
  firstAction: durationSchema
    .optional()
    .describe('From opening to the first thing done about it; absent: only acknowledgement and end count'),
  complete: durationSchema
    .optional()
    .describe('From opening to the answer; absent only where urgency or the level says it'),
});

/** How a person is named: by the identity provider, in the directory and in every action. */
export const personId = /^[\w.#@:-]{1,64}$/;

/** An identity provider is never on the machine itself: what serves development cannot be deployed. */
function isPublicHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const own = hostname === 'localhost' || hostname.endsWith('.localhost') || /^[\d.]+$|^\[/.test(hostname);
  return protocol === 'https:' && !own && search === '' && hash === '';
}

export const citySchema = z.strictObject({
  schema: z.literal(1).describe('Version of this schema'),
  id: identifier.max(24).describe('Name of the city in resource names: hejie-<id>'),
  code: z
    .string()
    .regex(/^\d{4}00$/, 'a GB/T 2260 city code: six digits ending in 00')
    .describe('GB/T 2260 code of the city'),
  name,
  tiers: z.array(z.string()).min(2).describe('Tiers from the lowest to the highest'),
  areas: z
    .array(
      z.strictObject({
        code: z
          .string()
          .regex(/^\d{6}(\d{3}){0,3}$/, '6 digits (GB/T 2260), 9 (township), 12 (village) or 15 (grid)')
          .describe('Administrative code'),
        name,
        tier: z.string().describe('Tier of the area'),
        parent: z.string().optional().describe('Code of the area above; only the city has none'),
      }),
    )
    .min(1)
    .describe('The tree of areas, the city itself included'),
  departments: z
    .array(z.strictObject({ id: identifier.describe('Name in rules'), name }))
    .min(2)
    .describe('Departments; the second decision on red comes from another one than the first'),
  duties: z
    .array(
      z.strictObject({
        id: identifier.describe('Second half of a post id: <area code>.<duty>'),
        name,
        department: z.string().describe('Id of the department it belongs to'),
        tier: z.string().describe('Each area of this tier has a post with this duty'),
        role: z.enum(postRoles).describe('What its holders may see and do: docs/who-may.md'),
        lead: z.literal(true).optional().describe('Receives what climbs to this tier; exactly one per tier'),
      }),
    )
    .min(1)
    .describe('Duties: with an area of their tier they are posts (岗位)'),
  responsibility: z
    .array(
      z.strictObject({
        kind: z.enum([...taskKinds, ...measureKinds]).describe('Kind of task or measure'),
        disputeTypes: z.array(z.enum(disputeTypes)).min(1).optional().describe('Only for these; left out: for all'),
        tier: z.string().describe('Tier at which the work is asked for'),
        duty: z.string().describe('Duty that is accountable, of this tier or a higher one'),
      }),
    )
    .describe('Responsibility list (权责清单): the first match wins'),
  levels: z
    .strictObject({
      yellow: level,
      orange: talked,
      red: talked.extend({
        second: durationSchema.describe('From the first decision to the second person; without it red becomes orange'),
        thenOrange: durationSchema.describe('How long the orange lasts that a lapsed red becomes'),
      }),
    })
    .describe('Clocks of each level; house presets, not statutory'),
  sla: z
    .partialRecord(
      z.enum(taskKinds),
      windows.extend({
        levels: z.partialRecord(z.enum(levels), windows.partial()).optional().describe('Other windows at a level'),
      }),
    )
    .describe('Windows of each kind of task; none of those whose only clock stands elsewhere in this file'),
  ladder: z
    .strictObject({
      remind: z.number().gt(0).lt(1).describe('Share of a window after which the owner is reminded'),
      warn: z.number().gt(0).lt(1).describe('Share of a window after which the supervisor is warned'),
    })
    .describe('Steps before a task climbs one tier'),
  urgency: z
    .strictObject({
      now: durationSchema.describe('For an event that may be dangerous at this moment'),
      today: durationSchema.describe('For one that may become so'),
      routine: durationSchema.describe('For any other'),
    })
    .describe('Clocks of facts still unconfirmed and events still unverified, by urgency; no level'),
  protectiveContact: durationSchema.describe('How long a protective first contact stands without a decision'),
  attempts: z.int().min(1).max(10).describe('So many failed tries to settle move a dispute a tier up'),
  handOff: durationSchema.describe('How long a receiver may be silent before a hand-off goes to the tier above both'),
  returns: z.int().min(1).max(10).describe('When a task comes back this often, the county decides whose it is'),
  pause: durationSchema.describe('A task waits for others at most so long; then its clocks run on'),
  extension: z
    .strictObject({
      most: z.int().min(0).max(5).describe('How often the end of a task may be put off'),
      longest: durationSchema.describe('How far each time'),
    })
    .describe('Putting off the end of a task, with a reason'),
  paging: z
    .strictObject({
      calls: z.int().min(1).max(10).describe('So many calls to each person on duty'),
      every: durationSchema.describe('From one call to the next'),
    })
    .describe('Calling people on duty where a level is red, until one says “I have it”'),
  quietHours: z
    .strictObject({
      from: timeOfDaySchema.describe('From this time in the evening'),
      to: timeOfDaySchema.describe('Until this time in the morning'),
    })
    .describe('When messages wait; never waived for citizens, for staff on duty only by red'),
  notice: z
    .strictObject({
      forewarn: durationSchema.describe('So long before the notice the affected person is told of it'),
      deferral: durationSchema.describe('A notice is put off at most so long at a time'),
      inAll: durationSchema.describe('And so long in all, unless the law demands secrecy'),
      basis: name.describe('Legal basis (PIPL 13, 17), as the notice names it'),
    })
    .describe('Notice to the person concerned'),
  rights: z
    .strictObject({
      contest: durationSchema.describe('From receipt: unanswered by then, the level lapses or two more reviewers look'),
      request: durationSchema.describe('From receipt: a request about one’s own data is answered by then, never later'),
    })
    .describe('Hard ends of what a person may ask for'),
  safetyPlan: durationSchema.describe('From one look at a safety plan to the next'),
  sharing: durationSchema.describe('What is shared of a case with another post may be read at most so long'),
  sameWords: z.int().min(2).max(20).describe('A reason in the same words is shown to the supervisor at this time'),
  retention: z
    .strictObject({
      ordinary: durationSchema.describe('How long an ordinary dispute, a referral or a round is kept after its end'),
      belowThreshold: durationSchema.describe('How long names are kept where a talk found the threshold not met'),
      completed: durationSchema.describe('How long everybody in a case is named after its last check-in'),
      ended: durationSchema.describe('The same where it was dismissed, unfounded, lapsed or contested'),
      agreements: durationSchema.describe('How long the words of an agreement are kept after it came into force'),
      hold: durationSchema.describe('How long a legal hold may last; then it ends by itself'),
    })
    .describe('How long what has ended is kept'),
  reopening: durationSchema.describe('So long after its end a closed case may be taken up again'),
  agreementCheck: durationSchema.describe('From an agreement to the look whether it was kept'),
  identity: z
    .strictObject({
      issuer: z
        .string()
        .refine(isPublicHttps, 'an https address of the identity provider, not of this machine')
        .describe('OpenID Connect issuer, as it stands in its tokens; its discovery document names the keys'),
      audience: z.string().min(1).max(200).describe('Audience that tokens for Hejie carry'),
      claims: z
        .strictObject({
          person: z.string().min(1).describe('Claim with the identifier of the person'),
          purpose: z.string().min(1).describe('Claim with the purpose that the token was issued for'),
          idNumber: z
            .string()
            .min(1)
            .optional()
            .describe('Claim with the identity number: finds conflicts of interest'),
          phone: z.string().min(1).optional().describe('Claim with the phone number, for the same'),
        })
        .describe('Which claim says what'),
      skewSeconds: z.int().min(0).max(120).describe('Seconds by which two clocks may differ'),
      founder: z.string().regex(personId).describe('Person who acts as administrator until the directory names one'),
    })
    .describe('Who signs people in'),
  roster: z
    .strictObject({
      departments: z.int().min(2).max(5).describe('Departments on duty in each county at every hour: red needs two'),
      ahead: durationSchema.describe('A gap so far ahead raises an alarm'),
      longestShift: durationSchema.describe('No shift is longer'),
    })
    .describe('Duty roster'),
  audit: z
    .strictObject({
      years: z.int().min(3).max(30).describe('Years for which accesses are kept'),
      bulk: z.int().min(5).max(500).describe('So many accesses by one person in a day raise an alert'),
    })
    .describe('Log of accesses'),
  breakGlass: durationSchema.describe('How long an emergency access lasts; at most 3 hours'),
  governance: governanceSchema,
  calendar: z
    .strictObject({
      officeHours: z.strictObject({
        from: timeOfDaySchema.describe('Opening time'),
        to: timeOfDaySchema.describe('Closing time'),
      }),
    })
    .describe('Working time in Asia/Shanghai; the working days are the official ones'),
});

export type City = z.output<typeof citySchema>;

/** The city file does not fit: all its faults, each with path, value and what is allowed. */
export class CityInvalid extends Error {
  override readonly name = 'CityInvalid';
  readonly file: string;
  readonly city: string;
  readonly faults: readonly Fault[];
  constructor(file: string, city: string, faults: readonly Fault[]) {
    const lines = faults.map(
      (f) => `  ${f.path}: ${f.value === undefined ? 'missing' : JSON.stringify(f.value)}; allowed: ${f.allowed}`,
    );
    super(`${file} (city ${city}) has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.file = file;
    this.city = city;
    this.faults = faults;
  }
}

/** @throws CityInvalid */
export function parseCity(json: unknown, file: string): City {
  const words = barredWords(json);
  const barred = new Set(words.map(({ path }) => path));
  const faults: Fault[] = words.map(({ path, value, word }) => ({
    path,
    value,
    allowed: `nothing with ${word}: factors of this kind never count, and only help is offered`,
  }));
  const result = citySchema.safeParse(json);
  if (!result.success) faults.push(...schemaFaults(result.error, json).filter(({ path }) => !barred.has(path)));
  faults.push(...cityFaults(result.success ? result.data : sound(result.error, json)));
  if (result.success && faults.length === 0) return result.data;
  throw new CityInvalid(file, cityIdOf(json), faults);
}

/** The parts of a broken file that fit, so that the rules between them are checked as well. */
function sound(error: z.ZodError, json: unknown): Parts {
  const broken = new Set(error.issues.map((issue) => issue.path[0]));
  const parts = Object.entries(typeof json === 'object' && json !== null ? json : {});
  const kept = Object.fromEntries(parts.filter(([key]) => key in citySchema.shape && !broken.has(key)));
  return citySchema.partial().safeParse(kept).data ?? {};
}

const at = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    json,
  );

/** As a refusal names the city. */
export const cityIdOf = (json: unknown): string => {
  const id = at(json, ['id']);
  return typeof id === 'string' ? id : 'without id';
};

function schemaFaults(error: z.ZodError, json: unknown): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map(String).join('.') || '(file)';
    const value = at(json, issue.path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: path === '(file)' ? key : `${path}.${key}`,
          value: at(value, [key]),
          allowed: 'no such field',
        }));
      case 'invalid_value':
        return [{ path, value, allowed: issue.values.map(String).join(', ') }];
      case 'invalid_type':
        return [{ path, value, allowed: `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}` }];
      case 'too_big':
        return [{ path, value, allowed: `at most ${issue.maximum}` }];
      case 'too_small':
        return [{ path, value, allowed: `at least ${issue.minimum}` }];
      default:
        return [{ path, value, allowed: issue.message }];
    }
  });
}
