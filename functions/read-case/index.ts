import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { readCase } from './handler.ts';

const people = () => ({ table: setup.table(), kms: setup.kms() });
const state = readCase(setup.reader, people, 'state');
const history = readCase(setup.reader, people, 'history');

export const handler = api((request) => (request.resource.endsWith('/history') ? history : state)(request));
