import fc from 'fast-check';
import { StructureGuard } from '../../src/remote/structure-guard.ts';

function measure(value: unknown): { depth: number; containers: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, containers: 0 };
  const inner = Object.values(value).map(measure);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    containers: 1 + inner.reduce((sum, { containers }) => sum + containers, 0),
  };
}

function accepts(text: string, limits: { depth: number; containers: number }, at: number): boolean {
  const guard = new StructureGuard(limits);
  const bytes = Buffer.from(text);
  return guard.accept(bytes.subarray(0, at)) && guard.accept(bytes.subarray(at));
}

test('it measures any JSON exactly, wherever its bytes are parted', () => {
  const tricky = fc.oneof(fc.constantFrom('"', '\\', '\\"', '[{', '}]"', '东'), fc.string());
  const value = fc.jsonValue({ maxDepth: 5, depthSize: 'large', stringUnit: 'grapheme' });
  fc.assert(
    fc.property(value, fc.array(tricky), fc.nat({ max: 400 }), (json, texts, at) => {
      const whole = [json, texts];
      const { depth, containers } = measure(whole);
      const text = JSON.stringify(whole);
      expect(accepts(text, { depth, containers }, at)).toBe(true);
      expect(accepts(text, { depth: depth - 1, containers }, at)).toBe(false);
      expect(accepts(text, { depth, containers: containers - 1 }, at)).toBe(false);
    }),
  );
});
