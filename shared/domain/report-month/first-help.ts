import type { Action, Answer } from '../actions.ts';

/** What helps somebody: to be protected, looked after or given what was planned. To settle a dispute is told apart. */
export function isHelp(answer: Answer): boolean {
  switch (answer.task) {
    case 'protective-contact':
      return answer.outcome === 'contacted';
    case 'crisis-help':
      return answer.outcome === 'helped';
    case 'protect':
    case 'child-protection':
      return true;
    case 'measure':
      return answer.outcome === 'done' || answer.outcome === 'agreed';
    default:
      return false;
  }
}

/** Somebody was helped by now; what came later was not the first. */
export const helpedAfter = (helped: boolean, { content }: Pick<Action, 'content'>): boolean =>
  helped || (content.kind === 'answered' && isHelp(content.answer));
