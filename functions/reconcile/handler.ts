import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Discharging } from '../../shared/record/discharging.ts';
import { notAll } from '../../shared/record/each.ts';
import type { Desk } from '../../shared/record/intake.ts';
import { type Reconciled, reconcile } from '../../shared/record/reconcile.ts';
import type { Outgoing } from '../../shared/record/sending.ts';

export interface Alarms {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

/** Every 5 minutes: finishes what a crash left, counts it, and calls people where executions keep dying. */
export const repair =
  (desk: () => Desk & Discharging, outgoing: () => Outgoing, alarms: () => Alarms, definition: () => string) =>
  async ({ now }: { now: number }): Promise<Reconciled> => {
    const result = await reconcile(desk(), outgoing(), now, definition());
    if (result.alarms.length > 0) {
      const { sns, topicArn } = alarms();
      const Message = JSON.stringify({ kind: 'executions-keep-dying', logs: result.alarms });
      await sns.send(new PublishCommand({ TopicArn: topicArn, Message }));
    }
    const { looked, repaired, rotated, deployed, failed } = result;
    console.log(JSON.stringify({ level: 'info', message: 'reconciled', looked, repaired, rotated, deployed }));
    // Told when all others have been seen to: the run counts as failed, and the next one tries again.
    if (failed.length > 0) throw notAll(failed, 'could not be worked off');
    return result;
  };
