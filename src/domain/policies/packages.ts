import { type RecordRefusal, refuseText, unless } from '../records/record.ts';
import type { FinancialProductRecord, PolicyPackageRecord } from './policy.ts';

const MAX_PACKAGES = 10;
/** Products of all packages of one policy. */
const MAX_PRODUCTS = 20;
const MAX_CONTENTS_CHARACTERS = 1000;
const MAX_ELIGIBILITY_CHARACTERS = 500;
const MAX_TERM_MONTHS = 600;
/** Fen, of 18 digits at most: a million times the balance of a large bank. */
const AMOUNT = /^[1-9]\d{0,17}$/;

/** Refuses packages that are too many or too long for a policy's item, and products outside a financial-product package. */
export function refusePackages(packages: readonly PolicyPackageRecord[]): readonly RecordRefusal[] {
  const products = packages.reduce((sum, { products: listed = [] }) => sum + listed.length, 0);
  return [
    ...unless(
      packages.length <= MAX_PACKAGES,
      'INVALID_VALUE',
      ['packages'],
      `A policy has at most ${MAX_PACKAGES} packages.`,
    ),
    ...unless(
      products <= MAX_PRODUCTS,
      'INVALID_VALUE',
      ['packages'],
      `A policy has at most ${MAX_PRODUCTS} financial products.`,
    ),
    ...packages.flatMap((each, i) => refusePackage(each, ['packages', `${i}`])),
  ];
}

function refusePackage(
  { kind, title, contents, products = [] }: PolicyPackageRecord,
  at: readonly string[],
): readonly RecordRefusal[] {
  return [
    ...refuseText(title, [...at, 'title']),
    ...(contents ? refuseText(contents, [...at, 'contents'], MAX_CONTENTS_CHARACTERS) : []),
    ...unless(
      kind === 'FINANCIAL_PRODUCT_PACKAGE' || products.length === 0,
      'INVALID_VALUE',
      [...at, 'products'],
      'Only a financial-product package has products.',
    ),
    ...products.flatMap((product, i) => refuseProduct(product, [...at, 'products', `${i}`])),
  ];
}

function refuseProduct(
  { name, lender, amount, termMonths, eligibility }: FinancialProductRecord,
  at: readonly string[],
): readonly RecordRefusal[] {
  return [
    ...refuseText(name, [...at, 'name']),
    ...refuseText(lender, [...at, 'lender']),
    ...unless(
      amount === null || AMOUNT.test(amount),
      'INVALID_VALUE',
      [...at, 'amount'],
      'An amount is more than 0 fen and has at most 18 digits.',
    ),
    ...unless(
      termMonths === null || (termMonths >= 1 && termMonths <= MAX_TERM_MONTHS),
      'INVALID_VALUE',
      [...at, 'termMonths'],
      `A term is 1 to ${MAX_TERM_MONTHS} months.`,
    ),
    ...refuseText(eligibility, [...at, 'eligibility'], MAX_ELIGIBILITY_CHARACTERS),
  ];
}
