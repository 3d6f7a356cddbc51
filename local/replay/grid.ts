/**
 * What people do takes effect on a grid of 15 minutes and 20 seconds, of one minute where waits are short: few instants to jump to, none
 * of them one at which a report or a full-hour timer is due.
 */
const minute = 60_000;
export const quarter = 15 * minute;
const offset = 20_000;

/** The first instant of the grid that is not before this one. */
export const onGrid = (at: number, grid = quarter): number => Math.ceil((at - offset) / grid) * grid + offset;
