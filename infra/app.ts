/** The CDK app, as `cdk synth` and `cdk deploy` run it: the gate is asked by today's date, and by the region where that is said. */
import { run } from './run.ts';

/** Asia/Shanghai is 8 hours ahead, all year. */
const ahead = 8 * 3_600_000;

run((app) => {
  const region: unknown = app.node.tryGetContext('region') ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const today = new Date(Date.now() + ahead).toISOString().slice(0, 10);
  return () => ({ today, ...(typeof region === 'string' ? { region } : {}) });
});
