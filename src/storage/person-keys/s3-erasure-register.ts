import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { type ErasureEntry, type ErasureRegister, erasureEntry } from './erasures.ts';

const S3_TIMEOUT_MS = 10_000;
const within = () => ({ abortSignal: AbortSignal.timeout(S3_TIMEOUT_MS) });
const PREFIX = 'erasures/';

/**
 * Returns the register in a bucket: an object for each erasure, which nobody changes. Objects' names tell nothing of a
 * person. Their content has the issuer's identifiers, as the table of persons' keys has, and rests under talent's key.
 */
export function s3ErasureRegister(bucket: string, region: string): ErasureRegister {
  let opened: Promise<S3Client> | undefined;
  const client = () => {
    opened ??= import('@aws-sdk/client-s3').then(({ S3Client: Client }) => new Client({ region, maxAttempts: 3 }));
    return opened;
  };
  return {
    async add(personIds, erasedAt) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      const at = erasedAt.toISOString();
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: `${PREFIX}${at}-${randomUUID()}.json`,
        Body: JSON.stringify(personIds.map((person): ErasureEntry => ({ person, erasedAt: at }))),
        ContentType: 'application/json',
        IfNoneMatch: '*',
      });
      await (await client()).send(command, within());
    },
    async entries() {
      const names = await namesOf(await client(), bucket);
      const found: ErasureEntry[] = [];
      for (const name of names) found.push(...(await readObject(await client(), bucket, name)));
      return found;
    },
    referenceOf: (personId) => personId,
  };
}

async function namesOf(client: S3Client, bucket: string): Promise<readonly string[]> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const names: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: PREFIX })) {
    names.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return names;
}

async function readObject(client: S3Client, bucket: string, name: string): Promise<readonly ErasureEntry[]> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }), within());
  if (!Body) throw new Error('S3 answered without an object');
  return erasureEntry.array().parse(JSON.parse(await Body.transformToString('utf8')));
}
