/**
 * Returns the network that an address is counted by: an IPv4 address, or the /56 that an IPv6 provider gives one customer.
 * @param address as the HTTP API reports it; a text of another form stands for itself
 */
export function networkOf(address: string): string {
  const text = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!text.includes(':') || text.includes('.')) return text;
  const [head = '', tail] = text.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const filled = [...groups, ...Array<string>(Math.max(0, zeros)).fill('0')];
  const [first = 0, second = 0, third = 0, fourth = 0] = filled.map((group) => Number.parseInt(group, 16));
  return [first, second, third, fourth >> 8].map((group) => group.toString(16)).join(':');
}
