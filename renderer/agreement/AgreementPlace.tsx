export function AgreementPlace() { return null }
