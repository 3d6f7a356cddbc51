import { type Forgetting, type Forgotten, forgetExpired } from '../../shared/record/expiry.ts';

/** Once a day: agreements are looked at again, and what ended long enough ago is gone. */
export const forget =
  (forgetting: () => Forgetting) =>
  async ({ now }: { now: number }): Promise<Forgotten> => {
    const result = await forgetExpired(forgetting(), now);
    console.log(JSON.stringify({ level: 'info', message: 'forgotten', ...result }));
    return result;
  };
