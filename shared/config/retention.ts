/** How long what was deleted from the record still lies in its backups. */
export const backupDays = 35;
