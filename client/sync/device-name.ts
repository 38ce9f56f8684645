/** @returns what a person's database on this device is called, and the channel between their tabs */
export function deviceDatabaseName(personId: string): string {
  return `casebook/${personId}`;
}
