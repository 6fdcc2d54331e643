export function CodebookPlace() { return null }
