export function LibraryPlace() { return null }
