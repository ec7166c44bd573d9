/**
 * Encodes a value as DynamoDB's JSON, e.g. `{"S":"zone_teda"}`. Sets are of strings; undefined members are left out.
 */
function encode(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      if (Array.isArray(value)) return { L: value.map(encode) };
      if (value instanceof Set) return { SS: [...value] };
      return { M: encodeAttributes(value) };
    default:
      throw new TypeError(`DynamoDB has no ${typeof value}`);
  }
}

function encodeAttributes(record: object): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) attributes[name] = encode(value);
  }
  return attributes;
}

/** Returns an item as a line of an export to S3 (`DYNAMODB_JSON`): `{"Item":{…}}`, without the line's end. */
export function exportLine(item: object): string {
  return JSON.stringify({ Item: encodeAttributes(item) });
}
