/**
 * DynamoDB's attribute values as JSON, e.g. `{"S":"a"}`. They are written as text and read in place, each in one pass.
 * The JavaScript values are those of the SDK's document client without undefined values.
 */

/** An item, or one value of it, as parsed from JSON. */
export type WireItem = Record<string, unknown>;

/**
 * Returns an item's JSON. Properties that are undefined are left out.
 * @throws TypeError where a value has no attribute value, e.g. NaN, an empty set or an object with a class of its own
 */
export function writeItem(item: object): string {
  let text = '';
  for (const [name, value] of Object.entries(item)) {
    if (value === undefined || typeof value === 'function') continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${writeValue(value)}`;
  }
  return `{${text}}`;
}

function writeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `{"S":${JSON.stringify(value)}}`;
    case 'number':
      return `{"N":"${numberText(value)}"}`;
    case 'bigint':
      return `{"N":"${value}"}`;
    case 'boolean':
      return `{"BOOL":${value}}`;
    case 'object':
      return value === null ? '{"NULL":true}' : writeObject(value);
    default:
      throw new TypeError(`A ${typeof value} is no attribute value.`);
  }
}

/** Values of other realms have other classes, so that a class is known by its name. */
function writeObject(value: object): string {
  if (Array.isArray(value)) return `{"L":[${value.filter(isPresent).map(writeValue).join()}]}`;
  if (ArrayBuffer.isView(value)) return `{"B":"${base64(value)}"}`;
  const kind = Object.getPrototypeOf(value)?.constructor.name ?? 'Object';
  if (kind === 'Object') return `{"M":${writeItem(value)}}`;
  if (kind === 'Set') return writeSet([...(value as ReadonlySet<unknown>)].filter(isPresent));
  if (kind === 'Map') return `{"M":${writeItem(Object.fromEntries(value as ReadonlyMap<string, unknown>))}}`;
  throw new TypeError(`A ${kind} is no attribute value.`);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function';
}

function writeSet(members: readonly unknown[]): string {
  const first = members[0];
  if (typeof first === 'string') return `{"SS":${JSON.stringify(members)}}`;
  if (typeof first === 'number' || typeof first === 'bigint')
    return `{"NS":${JSON.stringify(members.map(numberText))}}`;
  if (ArrayBuffer.isView(first)) return `{"BS":${JSON.stringify(members.map(base64))}}`;
  throw new TypeError('A set has at least one member: texts, numbers or bytes.');
}

function numberText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value.toString();
  throw new TypeError(`${value} is no exact number. Give a bigint.`);
}

function base64(bytes: unknown): string {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('A set of bytes has other members, too.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Turns a parsed item into JavaScript values, in place. */
export function readItem(item: WireItem): Record<string, unknown> {
  for (const name in item) item[name] = readValue(item[name] as WireItem);
  return item;
}

function readValue(value: WireItem): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return readNumber(value.N as string);
  if (value.M !== undefined) return readItem(value.M as WireItem);
  if (value.L !== undefined) return readList(value.L as WireItem[]);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.SS !== undefined) return new Set(value.SS as string[]);
  if (value.B !== undefined) return readBytes(value.B as string);
  if (value.NS !== undefined) return new Set((value.NS as string[]).map(readNumber));
  if (value.BS !== undefined) return new Set((value.BS as string[]).map(readBytes));
  throw new TypeError(`Unknown type of attribute value: ${Object.keys(value)}.`);
}

function readList(values: unknown[]): unknown[] {
  for (let i = 0; i < values.length; i++) values[i] = readValue(values[i] as WireItem);
  return values;
}

/** Integers beyond the safe ones are bigints. */
function readNumber(text: string): number | bigint {
  const number = Number(text);
  return Math.abs(number) > Number.MAX_SAFE_INTEGER ? BigInt(text) : number;
}

function readBytes(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
