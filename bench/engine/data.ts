/** Synthetic shop: 6 users, 9 products, and 27 reviews, of which each product has three and each user four or five. */

export const USERS = Array.from({ length: 6 }, (_, i) => ({
  id: String(i + 1),
  name: `Customer number ${i + 1}`,
  username: `customer-${i + 1}`,
  birthday: 1_990 + i,
}));

export const PRODUCTS = ['Table', 'Couch', 'Glass', 'Chair', 'Lamp', 'Shelf', 'Carpet', 'Desk', 'Stool'].map(
  (name, i) => ({ upc: String(i + 1), name, price: 899 - 73 * i, weight: 100 + 450 * (i % 3) }),
);

export const REVIEWS = Array.from({ length: 27 }, (_, i) => ({
  id: String(i + 1),
  body: `The ${PRODUCTS[i % 9]?.name.toLowerCase()} has kept what it promised for ${i + 2} weeks.`,
  // 5 shares no divisor with 6: the three reviews of a product are by different users.
  author: USERS[(i * 5 + Math.floor(i / 9)) % 6],
  product: PRODUCTS[i % 9],
}));

/** The even ones are in stock. */
export const isInStock = (upc: string): boolean => Number(upc) % 2 === 0;

/** Free where the price is above 1,000, else half a unit of money for each unit of weight. */
export const shippingEstimate = (price: number, weight: number): number =>
  price > 1_000 ? 0 : Math.round(weight * 0.5);
