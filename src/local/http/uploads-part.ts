import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FolderHost } from '../../storage/uploads/folder-uploads.ts';
import { UPLOADS_PATH } from '../../storage/uploads/open.ts';
import type { OwnPart } from './http-host.ts';

const PREFIX = `${UPLOADS_PATH}/`;

/** Makes the part that accepts and serves files under signed addresses, as S3 does in AWS. */
export function uploadsPart(host: FolderHost): OwnPart {
  return {
    prefix: PREFIX,
    async serve(request, response, url) {
      const asked = { file: url.pathname.slice(PREFIX.length), query: url.searchParams };
      if (request.method === 'PUT') return receive(host, request, response, asked);
      if (request.method === 'GET') return serveFile(host, response, asked);
      end(response, 405);
    },
  };
}

type Asked = Parameters<FolderHost['get']>[0];

async function receive(host: FolderHost, request: IncomingMessage, response: ServerResponse, asked: Asked) {
  const header = (name: string) => String(request.headers[name] ?? '');
  const sent = {
    ...asked,
    contentType: header('content-type'),
    contentLength: header('content-length'),
    checksum: header('x-amz-checksum-sha256'),
  };
  const status = await host.put(sent, request, new Date()).catch((error: unknown) => {
    if (request.complete) throw error;
    return 'cut off' as const;
  });
  if (status === 'cut off') return;
  // The unread rest of a refused body is not awaited.
  end(response, status, status === 200 ? {} : { connection: 'close' });
}

async function serveFile(host: FolderHost, response: ServerResponse, asked: Asked) {
  const bytes = await host.get(asked, new Date());
  if (!bytes) return end(response, 403);
  response.writeHead(200, {
    'content-type': asked.query.get('type') ?? '',
    'content-disposition': `attachment; filename="${asked.query.get('name')}"`,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-length': 0, ...headers });
  response.end();
}
