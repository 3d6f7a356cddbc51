/** Weeks from Monday to Sunday by dates in Asia/Shanghai (YYYY-MM-DD); a week is named by its Monday. Pure. */
const day = 86_400_000;
const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / day;
const dateOf = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

/** Day 0 was a Thursday. */
export const weekOf = (date: string): string => dateOf(numberOf(date) - ((numberOf(date) + 3) % 7));

export const weeksLater = (week: string, count: number): string => dateOf(numberOf(week) + 7 * count);

/** The weeks whose Sunday lies in the month and is over before today. */
export function weeksIn(month: string, today: string): string[] {
  const first = weekOf(`${month}-01`);
  return Array.from({ length: 6 }, (_, i) => weeksLater(first, i)).filter((week) => {
    const sunday = dateOf(numberOf(week) + 6);
    return sunday.startsWith(month) && sunday < today;
  });
}

/** The month (YYYY-MM) so many months after this one, or before it. */
export function monthsLater(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** So many months before this one, the newest first. */
export const monthsBefore = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => monthsLater(month, -1 - i));
