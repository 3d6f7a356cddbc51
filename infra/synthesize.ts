/** From folders to an assembly. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type City, parseCity } from '../shared/config/city.ts';
import { assetOf, bundleFunctions } from './bundle.ts';
import { CityStack } from './city-stack.ts';

export interface Sources {
  /** Folder of the city files. */
  readonly cities: string;
  readonly functions: string;
  readonly definitions: string;
  /** Only this one; absent: all. */
  readonly city?: string;
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
function citiesOf({ cities, city }: Sources): CityFile[] {
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
      return { city: parseCity(JSON.parse(text), file), text };
    });
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
