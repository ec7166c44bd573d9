import { parseArgs } from 'node:util';
import { TOKEN_KINDS } from '../auth/trusted-issuers.ts';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { bearerClaims, isTokenKind } from '../local/dev-issuer/bearer.ts';
import { devIssuer, devIssuerUrl, recordedUrl } from '../local/dev-issuer/dev-issuer.ts';
import { runCommand } from './refusals.ts';

const USAGE = `npm run --silent token -- --as ${TOKEN_KINDS.join('|')} [--zone ZONE_ID] [--agency AGENCY]
  [--roles ROLE,ROLE] [--enterprise ENTERPRISE_ID] [--person NAME] [--id-number NUMBER] [--hours N]

Prints a token of this machine's own issuer, for the system that runs on DATA_DIR: send it as "authorization: Bearer …".
Whoever isn't named is of the demo data. The name of a demo officer, such as officer-registry, brings agency, zone and roles. It is good for 8 hours where nothing is said. Local mode only.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      as: { type: 'string' },
      zone: { type: 'string' },
      agency: { type: 'string' },
      roles: { type: 'string' },
      enterprise: { type: 'string' },
      person: { type: 'string' },
      'id-number': { type: 'string' },
      hours: { type: 'string', default: '8' },
      help: { type: 'boolean' },
    },
  });
  const { as: kind, hours, help, 'id-number': idNumber, ...choice } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  if (kind === undefined || !isTokenKind(kind)) throw new CodedError('CONFIGURATION', USAGE);
  const seconds = Number(hours) * 3_600;
  if (!(seconds > 0 && seconds <= 86_400)) throw new CodedError('CONFIGURATION', '--hours is more than 0, at most 24.');
  const settings = config();
  const issuer = await devIssuer(settings, recordedUrl(settings.dataDir) ?? devIssuerUrl(settings.port));
  console.log(await issuer.sign(bearerClaims(kind, { ...choice, idNumber }, issuer.trusted), Math.round(seconds)));
}

await runCommand(main);
