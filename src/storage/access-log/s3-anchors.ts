import type { S3Client } from '@aws-sdk/client-s3';
import type { Anchors } from './anchors.ts';

const S3_TIMEOUT_MS = 30_000;
const within = () => ({ abortSignal: AbortSignal.timeout(S3_TIMEOUT_MS) });
const PREFIX = 'anchors/';

/** Returns a store of anchors in a bucket. Its object lock protects each for the years of its default retention. */
export function s3Anchors(client: S3Client, bucket: string): Anchors {
  return {
    async list() {
      const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
      const names: string[] = [];
      let token: string | undefined;
      do {
        const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: PREFIX, ContinuationToken: token });
        const answer = await client.send(command, within());
        names.push(...(answer.Contents ?? []).flatMap(({ Key }) => (Key ? [Key.slice(PREFIX.length)] : [])));
        token = answer.NextContinuationToken;
      } while (token !== undefined);
      return names.sort();
    },
    async read(name) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: PREFIX + name }), within());
      if (!Body) throw new Error('S3 answered without an object');
      return Body.transformToString('utf8');
    },
    async add(name, text) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: PREFIX + name,
        Body: text,
        ContentType: 'application/json',
        // Object lock allows newer versions of an object, so the condition refuses them.
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'SHA256',
      });
      try {
        await client.send(command, within());
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'PreconditionFailed') return false;
        throw error;
      }
    },
  };
}
