/**
 * The same app for a city on one machine and for the tests: the gate is asked as on the day on which the city's own impact
 * assessment was signed, so that a clone runs in any year. `cdk` never runs this one (cdk.json).
 */
import { run } from './run.ts';

run(() => ({ impactAssessment }) => ({ today: impactAssessment.signed }));
