import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { devIssuer, recordUrl } from '../local/dev-issuer/dev-issuer.ts';
import { parseOptions } from './parse-options.ts';
import { runCommand } from './refusals.ts';

const USAGE = `npm run --silent test-issuer -- --url https://issuer.test.example

Makes an issuer of tokens for a first test stage, without a server: its key is in DATA_DIR. Prints the value of the parameter
oidcIssuers. Afterwards "npm run token" makes tokens that the stage accepts. Whoever has DATA_DIR may be anybody there: never
name it to a stage with data of persons.`;

await runCommand(async () => {
  const { url } = parseOptions(USAGE, { url: { type: 'string' } });
  if (url === undefined || URL.parse(url)?.protocol !== 'https:') throw new CodedError('CONFIGURATION', USAGE);
  const settings = config();
  const { trusted } = await devIssuer(settings, url);
  recordUrl(settings.dataDir, url);
  console.log(JSON.stringify([trusted]));
});
