/** A quarrel between neighbours, as reports tell it. */
import { parseReport, type Report } from '../../shared/domain/report.ts';

export const told = (type: string, more: object = {}) => ({
  type,
  value: true,
  start: 0,
  end: 3,
  negated: false,
  hearsay: false,
  ...more,
});

export const woman = { role: 'affected', name: '王小花', phone: '13800000001', address: '桥头村8号' };
export const man = {
  role: 'respondent',
  name: '刘大强',
  idNumber: '999999198001010011',
  phone: '13800000002',
  address: '桥头村9号',
};
export const words = '邻居持刀扬言杀人，其患病多年无收入';
export const needy = '患病多年';

export const reportOf = (sourceId: string, more: object = {}): Report =>
  parseReport({
    channel: 'police',
    sourceId,
    source: '派出所',
    reportedAt: '2026-01-05T10:00:00+08:00',
    area: '999901001001',
    disputeType: 'neighbour',
    text: words,
    facts: [
      told('threat_to_kill'),
      told('weapon_present'),
      told('hardship_medical', { start: words.indexOf(needy), end: words.indexOf(needy) + needy.length }),
    ],
    people: [woman, man],
    ...more,
  });
