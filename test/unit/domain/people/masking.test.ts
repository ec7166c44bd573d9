import fc from 'fast-check';
import { maskName, maskPhone, maskResidentId } from '../../../../src/domain/people/masking.ts';

test.each([
  [maskResidentId, '120116199001011234', '120***********1234'],
  [maskResidentId, '120116900101123', '***************'],
  [maskName, '张三', '张*'],
  [maskName, '张小三', '张*'],
  [maskName, '欧阳建华', '欧*'],
  [maskName, '𠮷野家', '𠮷*'],
  [maskName, '张', '*'],
  [maskName, '', ''],
  [maskPhone, '13812345678', '138****5678'],
  [maskPhone, '022-25206666', '************'],
])('%p of %p is %p', (mask, text, masked) => {
  expect(mask(text)).toBe(masked);
});

/** How long a masked form is, and how many code points it may leave readable, by the length of the text. */
const same = (length: number) => length;
const allowed = [
  { mask: maskResidentId, long: same, readable: (length: number) => (length === 18 ? 7 : 0) },
  { mask: maskPhone, long: same, readable: (length: number) => (length === 11 ? 7 : 0) },
  { mask: maskName, long: (length: number) => Math.min(length, 2), readable: (length: number) => (length < 2 ? 0 : 1) },
];

test.each(allowed)('$mask.name never reveals more than its form allows', ({ mask, long, readable }) => {
  const text = fc.array(fc.constantFrom('张', '𠮷', 'é', 'X', '7'), { maxLength: 24 });
  fc.assert(
    fc.property(text, (characters) => {
      const masked = [...mask(characters.join(''))];
      expect(masked).toHaveLength(long(characters.length));
      expect(masked.every((c, i) => c === '*' || c === characters[i])).toBe(true);
      expect(masked.filter((c) => c !== '*')).toHaveLength(readable(characters.length));
    }),
  );
});
