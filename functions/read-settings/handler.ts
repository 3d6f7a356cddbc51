/** The city's rules, for everybody: what is decided by which clocks and which factors. */
import type { City } from '../../shared/config/city.ts';
import { modelInForce } from '../../shared/domain/assessing.ts';
import type { Handler } from '../middleware/api.ts';

const nobody = new Set<never>();

export const readSettings =
  (city: () => City): Handler<'read-settings'> =>
  async ({ guard }) => {
    await guard.to({ what: 'settings', relations: nobody });
    // Where people sign in is for whoever runs the city.
    const { id, code, name, identity: _, ...settings } = city();
    const note = '等级时限为本市预设，非法定。 The clocks of levels are presets of this city, not statutory.';
    return { body: { city: { id, code, name }, note, settings } };
  };

export const listModels =
  (): Handler<'list-models'> =>
  async ({ guard }) => {
    await guard.to({ what: 'models', relations: nobody });
    return { body: { models: [modelShown()], note: '仅供参考，不是预测。 Advice, not a prediction; people decide.' } };
  };

/** As it is written in its file: maps become lists. */
const modelShown = () => ({ ...modelInForce });
