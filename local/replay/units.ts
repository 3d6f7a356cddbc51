/** What an item of the table belongs to, where units are counted. */
export function unitClass({ pk, sk }: { readonly pk: string; readonly sk: string }): string {
  if (/^L[DN]?#/.test(pk)) return 'access-log';
  if (/^[OUW]#/.test(pk)) return 'directory';
  if (/^[MY]#/.test(pk)) return 'statistics';
  return sk.startsWith('N#') ? 'notices' : 'record';
}
