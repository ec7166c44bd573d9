import { join } from 'node:path';
import { configure } from '../../src/config.ts';
import { serveRoutes } from '../../src/local/serve-routes.ts';
import { readService } from '../../src/local/service.ts';
import { reportToParent } from '../server-process.ts';

/** Our gateway as `npm start` serves it, events and all, on the DynamoDB that DYNAMODB_ENDPOINT names; nobody's budget ends. */
const root = join(import.meta.dirname, '../..');
configure({
  talentFunction: undefined,
  budgetFactor: 1_000_000,
  localMasterSecret: 'a master key of the bench, which opens nothing',
});
const host = await serveRoutes(readService(join(root, 'serverless.yml')), root, 0);
reportToParent(host.url);
