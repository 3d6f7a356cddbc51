import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { readSwitch, setSwitch } from './handler.ts';

export const handler = api(
  { 'read-switch': readSwitch(setup.directory), 'set-switch': setSwitch(setup.directory, setup.switching) },
  setup.guarding,
);
