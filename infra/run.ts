/** Runs the CDK app, and says what is wrong in one piece. */
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CityInvalid } from '../shared/config/city.ts';
import { ExtraMissing } from './bundle.ts';
import { NoSuchCity, type Sources, synthesize } from './synthesize.ts';

const house = join(import.meta.dirname, '..');

/** A stack for every file in cities/, or for one: `-c city=taizhou`. Whoever is refused sees an exit code other than 0. */
export function run(gate: (app: App) => Sources['gate']): void {
  try {
    const app = new App();
    const city: unknown = app.node.tryGetContext('city') ?? process.env.HEJIE_CITY;
    synthesize(app, {
      cities: join(import.meta.dirname, 'cities'),
      functions: join(house, 'functions'),
      definitions: join(house, 'statemachines'),
      gate: gate(app),
      ...(typeof city === 'string' ? { city } : {}),
    });
  } catch (error) {
    if (!(error instanceof CityInvalid || error instanceof NoSuchCity || error instanceof ExtraMissing)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
