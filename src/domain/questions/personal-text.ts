/**
 * Ids of persons' things, receipt numbers, identity numbers (GB 11643) and mobile numbers. No public question needs one, and
 * an address would leave it in logs and histories.
 */
const PERSONAL =
  /^(?:case|applicant|person|document|upload|access)[_-]|^[A-Z]{2,5}-[A-Z\d-]+$|^\d{17}[\dXx]$|^(?:\+?86)?1\d{10}$/;

/** Tells whether a text names a case, a person or a file, which no address may carry. */
export const isPersonal = (text: string): boolean => PERSONAL.test(text);
