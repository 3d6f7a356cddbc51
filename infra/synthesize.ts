/** From folders to an assembly. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type City, CityInvalid, cityIdOf, parseCity } from '../shared/config/city.ts';
import type { Governance } from '../shared/config/governance.ts';
import type { Fault } from '../shared/errors.ts';
import { assetOf, bundleFunctions } from './bundle.ts';
import { CityStack } from './city-stack.ts';
import { type Gate, gateFaultsIn } from './gate.ts';

export interface Sources {
  /** Folder of the city files. */
  readonly cities: string;
  readonly functions: string;
  readonly definitions: string;
  /** Only this one; absent: all. */
  readonly city?: string;
  /** By which day and for which region the gate is asked (S15). */
  readonly gate: (governance: Governance) => Gate;
}

/** The city asked for has no file. */
export class NoSuchCity extends Error {
  override readonly name = 'NoSuchCity';
}

interface CityFile {
  readonly city: City;
  readonly text: string;
}

/** @throws NoSuchCity, CityInvalid (with all faults of the file) */
function citiesOf({ cities, city, gate }: Sources): CityFile[] {
  const names = readdirSync(cities)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
  if (city !== undefined && !names.includes(city)) {
    throw new NoSuchCity(`There is no city ${JSON.stringify(city)}; there are: ${names.join(', ')}.`);
  }
  return names
    .filter((name) => city === undefined || name === city)
    .map((name) => {
      const file = join(cities, `${name}.json`);
      const text = readFileSync(file, 'utf8');
      const json = parsed(text, file);
      return { city: passed(json, file, gateFaultsIn(json, cities, gate)), text };
    });
}

/** @throws CityInvalid where it is no JSON */
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fault = { path: '(file)', value: text.slice(0, 40), allowed: `JSON: ${error.message.replaceAll('\n', ' ')}` };
    throw new CityInvalid(file, basename(file, '.json'), [fault]);
  }
}

/** What the schema, the rules and the gate find stands in one refusal. @throws CityInvalid */
function passed(json: unknown, file: string, atGate: readonly Fault[]): City {
  try {
    const city = parseCity(json, file);
    if (atGate.length === 0) return city;
  } catch (error) {
    if (!(error instanceof CityInvalid)) throw error;
    throw new CityInvalid(file, error.city, [...error.faults, ...atGate]);
  }
  throw new CityInvalid(file, cityIdOf(json), atGate);
}

/** @throws NoSuchCity, CityInvalid */
export function synthesize(app: App, sources: Sources): void {
  const cities = citiesOf(sources);
  const bundles = join(app.outdir, 'bundles');
  mkdirSync(bundles, { recursive: true });
  bundleFunctions(sources.functions, bundles);
  for (const { city, text } of cities) {
    new CityStack(app, {
      city,
      definitions: sources.definitions,
      assetOf: (name) => assetOf(bundles, name, city.id, text),
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}
