export function JournalPlace() { return null }
