/** The CDK app: a stack for every file in cities/, or for one: `cdk synth -c city=taizhou`. */
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CityInvalid } from '../shared/config/city.ts';
import { ExtraMissing } from './bundle.ts';
import { NoSuchCity, synthesize } from './synthesize.ts';

const house = join(import.meta.dirname, '..');

try {
  const app = new App();
  const city: unknown = app.node.tryGetContext('city') ?? process.env.HEJIE_CITY;
  synthesize(app, {
    cities: join(import.meta.dirname, 'cities'),
    functions: join(house, 'functions'),
    definitions: join(house, 'statemachines'),
    ...(typeof city === 'string' ? { city } : {}),
  });
} catch (error) {
  if (!(error instanceof CityInvalid || error instanceof NoSuchCity || error instanceof ExtraMissing)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
