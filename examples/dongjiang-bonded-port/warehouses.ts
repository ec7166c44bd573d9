/** Synthetic data: no warehouse of this name, size or stock exists. */

export interface Warehouse {
  readonly id: string;
  readonly name: Readonly<Record<'zh' | 'ja' | 'en', string>>;
  readonly kind: 'GENERAL' | 'COLD_STORE' | 'LOGISTICS_CENTRE';
  /** Square metres, as an exact decimal. */
  readonly area: string;
  readonly free: string;
  /** Ids from the gateway. */
  readonly parks: readonly string[];
}

const HEADLINE_PARK = 'park_binhai-zhongguancun';

export const WAREHOUSES: readonly Warehouse[] = [
  {
    id: 'bwh_east-1',
    name: { zh: '示例一号保税仓', ja: '見本第一保税倉庫', en: 'Sample bonded warehouse 1' },
    kind: 'GENERAL',
    area: '12000',
    free: '3400.5',
    parks: [HEADLINE_PARK],
  },
  {
    id: 'bwh_east-2',
    name: { zh: '示例二号保税冷库', ja: '見本第二保税冷蔵倉庫', en: 'Sample bonded cold store 2' },
    kind: 'COLD_STORE',
    area: '8000',
    free: '120',
    parks: [HEADLINE_PARK],
  },
  {
    id: 'bwh_east-3',
    name: { zh: '示例三号保税物流中心', ja: '見本第三保税物流センター', en: 'Sample bonded logistics centre 3' },
    kind: 'LOGISTICS_CENTRE',
    area: '45000',
    free: '9000',
    parks: [],
  },
];

export interface Stock {
  readonly warehouse: Warehouse;
  /** Tonnes, as an exact decimal. */
  readonly weight: string;
}

/** GB/T 4754-2017: manufacturing, wholesale and retail, transport and storage. */
export function isEligible(industryCode: string): boolean {
  return ['C', 'F', 'G'].includes(industryCode.charAt(0));
}

/**
 * Returns an enterprise's goods in bond, or null if it stores none. The data derive from the code, so repeated calls
 * agree.
 */
export function bondedStock(uscc: string, industryCode: string): readonly Stock[] | null {
  if (!isEligible(industryCode)) return null;
  const sum = [...uscc].reduce((total, character) => total + character.charCodeAt(0), 0);
  const warehouse = WAREHOUSES[sum % WAREHOUSES.length];
  return warehouse ? [{ warehouse, weight: ((sum % 400) / 10).toFixed(1) }] : [];
}
