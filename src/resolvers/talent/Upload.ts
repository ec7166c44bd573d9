import type { UploadResolvers } from './generated/types.ts';

export const Upload: UploadResolvers = {
  id: ({ file }) => file.uploadId,
  url: ({ target }) => target.url,
  method: ({ target }) => target.method,
  headers: ({ target }) => Object.entries(target.headers).map(([name, value]) => ({ name, value })),
};
