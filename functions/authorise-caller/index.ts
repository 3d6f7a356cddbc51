import { once, setup } from '../middleware/setup.ts';
import { authoriseCaller, type Gate } from './handler.ts';
import { verifier } from './verify.ts';

const gate = once((): Gate => ({ verify: verifier(setup.city().identity), keys: setup.lookup() }));

export const handler = authoriseCaller(gate);
