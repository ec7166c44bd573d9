import { timingSafeEqual } from 'node:crypto';

/** In a time that doesn't depend on how much of it is right. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
