/** Ordinary disputes as stories tell them: who reports, who is told, what is left. */
import { type CityOnOneMachine, grid, posts } from './city-on-one-machine.ts';
import { hour, ofId } from './story.ts';

export const wang = { role: 'complainant', name: '王小花', phone: '13800000001' };
export const liu = { role: 'respondent', name: '刘大强', idNumber: '999999198001010011', phone: '13800000002' };
export const quarrel = {
  channel: 'grid',
  area: grid,
  disputeType: 'neighbour',
  text: '两户因晾衣争吵',
  facts: [],
  people: [wang, liu],
};

interface Message {
  readonly id: string;
  readonly handle: string;
  readonly channel: string;
  readonly text: string;
  readonly at: number;
}

export class Village {
  readonly city: CityOnOneMachine;
  constructor(city: CityOnOneMachine) {
    this.city = city;
  }
  report = async (more: object = {}, post: string = posts.mediator): Promise<string> =>
    (await this.city.report({ ...quarrel, ...more }, post)).dispute;
  dispute = async (id: string, post: string = posts.mediator) => {
    const { data, response } = await (await this.city.as(post)).GET('/disputes/{id}', ofId(id));
    return { status: response.status, ...data };
  };
  tasks = async (id: string) => (await this.dispute(id, posts.county)).dispute?.tasks ?? [];
  messages = (): Message[] =>
    this.city.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === this.city.cloud.outputs.CitizensTopicArn)
      .map(({ message, at }) => ({ ...JSON.parse(message), at }));
  try = (id: string, n = 1) =>
    this.city.act(`${id}.settle-${n}`, 'attempt', posts.mediator, { note: '上门劝说，未成' });
  /** Keys of everything in the table that has to do with the log. */
  left = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const item of this.city.cloud.scan()) {
      // Who looked, that something was forgotten, and what counted in a month, stays: none names anybody of it.
      if (!/^([LM]|\d{4}-\d\d$)/.test(String(item.pk)) && JSON.stringify(item).includes(id))
        found.push(`${item.pk} ${item.sk}`);
    }
    return found;
  };
}

/** Local time, to the minute. */
export const clockTime = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 16);
