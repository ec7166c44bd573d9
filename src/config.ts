import { join } from 'node:path';
import * as z from 'zod';
import { CodedError } from './errors.ts';

/** The four subgraphs of our own, each with a table of its own. */
export const SUBGRAPHS = ['parks', 'enterprises', 'talent', 'linkages'] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];

/**
 * Everything that owns a table: the subgraphs; the credentials that callers come with, which are no subgraph's; and the keys
 * of persons' data, which are talent's and no other's, in a table of which there is never an older copy.
 */
export const STORES = [...SUBGRAPHS, 'credentials', 'personKeys'] as const;
export type StoreName = (typeof STORES)[number];

export interface Config {
  /** `local`: everything in one process on one machine. `aws`: one handler a Lambda function. */
  readonly mode: 'local' | 'aws';
  readonly stage: string;
  readonly region: string;
  /** Where a DynamoDB other than the region's own answers. */
  readonly dynamodbEndpoint: string | undefined;
  /** The tables, by whose they are. */
  readonly tables: Readonly<Record<StoreName, string>>;
  /** Name or ARN of the function that the talent subgraph is invoked by; undefined where it runs in this process. */
  readonly talentFunction: string | undefined;
  /** Name or ARN of the function that delivers outbox entries; undefined where this process does. */
  readonly deliverFunction: string | undefined;
  /** Name or ARN of the function that erases persons; undefined where a command does it by itself. */
  readonly erasureFunction: string | undefined;
  /** Where `supergraph.graphql`, the subgraphs' SDL and `operations/manifest.json` are. */
  readonly schemaDir: string;
  /** The plans of the trusted documents, made by `npm run compose`. */
  readonly plansFile: string;
  /** The web pages, made by `npm run build:pages`. */
  readonly pagesDir: string;
  /** Where secrets are in AWS Secrets Manager: names or ARNs. What is named there is fetched at the first request. */
  readonly secretIds: Readonly<Partial<Record<'cursors' | 'caseTokens' | 'origin', string>>>;
  /** What pages' cursors are signed with; undefined only where no cursor is made or read. */
  readonly cursorSecret: string | undefined;
  /** Who the gateway is to partners and the private JSON Web Key that it signs with; undefined where it sends them no token. */
  readonly serviceTokens: { readonly issuer: string; readonly key: unknown } | undefined;
  /**
   * Whose tokens are taken: `OIDC_ISSUERS`, a JSON list whose form `src/auth/trusted-issuers.ts` says; undefined where
   * nobody's are.
   */
  readonly oidcIssuers: unknown;
  /** Where people sign in on the pages: `SIGN_IN`, whose form `src/auth/sign-in-settings.ts` says; undefined where nowhere. */
  readonly signIn: unknown;
  /** What case holders' tokens are signed with; undefined where none is given out or taken. */
  readonly caseTokenSecret: string | undefined;
  /**
   * The KMS key that each zone's persons' keys rest under (`MASTER_KEYS`, a JSON object of zones' ids and key ids or ARNs);
   * undefined where a secret of this machine stands in for all of them.
   */
  readonly masterKeys: Readonly<Record<string, string>> | undefined;
  /** What a machine's own master keys are made of; undefined where there are none. */
  readonly localMasterSecret: string | undefined;
  /** The bucket of cases' files; undefined where a folder of this machine has them. */
  readonly uploadsBucket: string | undefined;
  /** The KMS key that signs who looked at whose data; undefined where one of this machine does. */
  readonly accessLogKey: string | undefined;
  /** The bucket of its anchors; undefined where a folder of this machine has them. */
  readonly accessLogBucket: string | undefined;
  /** What CloudFront proves by that a request came through it; undefined where callers reach the HTTP API directly. */
  readonly originSecret: string | undefined;
  /** Of the pages of other sites that may read the gateway's answers, e.g. `https://parks.example`. */
  readonly corsOrigins: readonly string[];
  /** What commands send as their user's token. */
  readonly token: string | undefined;
  /** What every client's budget is multiplied by. */
  readonly budgetFactor: number;
  /** Whether only those who may do so send documents that aren't shipped (`src/domain/free-queries.ts`), or everybody. */
  readonly freeQueries: 'by-kind' | 'all';
  readonly port: number;
  /** Where the embedded database keeps its files. */
  readonly dataDir: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A scheme, a host and a port, as browsers send it: no path, no `*`, nothing that a page of any site can have. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

/** An unset variable and an empty one are the same. */
const setting = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

const jsonWebKey = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON Web Key' });
    return z.NEVER;
  }
});

const jsonList = z.string().transform((text, context): unknown => {
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON list' });
    return z.NEVER;
  }
});

const zonesKeys = z.string().transform((text, context) => {
  try {
    return z.record(z.string().regex(/^zone_/), z.string().min(1)).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: "must be a JSON object of zones' ids and KMS keys" });
    return z.NEVER;
  }
});

const jsonObject = z.string().transform((text, context): unknown => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  }
});

const environment = z.object({
  BRIDGEHEAD_MODE: setting(z.enum(['local', 'aws'], 'must be "local" or "aws"').optional()),
  STAGE: setting(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits and hyphens')
      .optional(),
  ),
  AWS_REGION: setting(
    z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as "cn-north-1"')
      .optional(),
  ),
  DYNAMODB_ENDPOINT: setting(
    z.url({ protocol: /^https?$/, error: 'must be a URL such as "http://127.0.0.1:8000"' }).optional(),
  ),
  PARKS_TABLE: setting(z.string().optional()),
  ENTERPRISES_TABLE: setting(z.string().optional()),
  TALENT_TABLE: setting(z.string().optional()),
  LINKAGES_TABLE: setting(z.string().optional()),
  CREDENTIALS_TABLE: setting(z.string().optional()),
  PERSON_KEYS_TABLE: setting(z.string().optional()),
  MASTER_KEYS: setting(zonesKeys.optional()),
  UPLOADS_BUCKET: setting(z.string().optional()),
  ACCESS_LOG_KEY: setting(z.string().optional()),
  ACCESS_LOG_BUCKET: setting(z.string().optional()),
  TALENT_FUNCTION: setting(z.string().optional()),
  DELIVER_FUNCTION: setting(z.string().optional()),
  ERASURE_FUNCTION: setting(z.string().optional()),
  SCHEMA_DIR: setting(z.string().optional()),
  PLANS_FILE: setting(z.string().optional()),
  CURSOR_SECRET_ID: setting(z.string().optional()),
  CASE_TOKEN_SECRET_ID: setting(z.string().optional()),
  ORIGIN_SECRET_ID: setting(z.string().optional()),
  CURSOR_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional()),
  SERVICE_TOKEN_ISSUER: setting(z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional()),
  SERVICE_TOKEN_KEY: setting(jsonWebKey.optional()),
  OIDC_ISSUERS: setting(jsonList.optional()),
  SIGN_IN: setting(jsonObject.optional()),
  CASE_TOKEN_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional()),
  ORIGIN_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional()),
  CORS_ORIGINS: setting(
    z
      .string()
      .transform((list) => list.split(',').map((origin) => origin.trim()))
      .pipe(
        z.array(
          z
            .string()
            .refine(
              isOrigin,
              'must be origins such as "https://parks.example", with a comma between each and the next',
            ),
        ),
      )
      .optional(),
  ),
  BUDGET_FACTOR: setting(
    z
      .string()
      .transform(Number)
      .pipe(z.number('must be a number above 0').positive('must be a number above 0'))
      .optional(),
  ),
  FREE_QUERIES: setting(z.enum(['by-kind', 'all'], 'must be "by-kind" or "all"').optional()),
  PORT: setting(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .pipe(z.number().max(65_535, 'must be a port number'))
      .optional(),
  ),
  BRIDGEHEAD_TOKEN: setting(z.string().optional()),
  DATA_DIR: setting(z.string().optional()),
  LAMBDA_TASK_ROOT: setting(z.string().optional()),
});

/**
 * The settings in an environment. Throws CONFIGURATION with one sentence that names every wrong variable.
 * Outside AWS Lambda the mode is `local` where nothing else is said; in Lambda it is `aws`.
 */
export function readConfig(env: Environment): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new CodedError('CONFIGURATION', `The environment is not set up right: ${faults.join('; ')}.`);
  }
  const set = parsed.data;
  const root = set.LAMBDA_TASK_ROOT ?? process.cwd();
  const mode = set.BRIDGEHEAD_MODE ?? (set.LAMBDA_TASK_ROOT ? 'aws' : 'local');
  if (mode === 'aws' && !set.STAGE) {
    throw new CodedError('CONFIGURATION', 'The environment is not set up right: STAGE must be set outside local mode.');
  }
  if ((set.SERVICE_TOKEN_ISSUER === undefined) !== (set.SERVICE_TOKEN_KEY === undefined)) {
    throw new CodedError(
      'CONFIGURATION',
      'The environment is not set up right: SERVICE_TOKEN_ISSUER and SERVICE_TOKEN_KEY must be set together.',
    );
  }
  const stage = set.STAGE ?? 'local';
  return {
    mode,
    stage,
    region: set.AWS_REGION ?? 'cn-north-1',
    dynamodbEndpoint: set.DYNAMODB_ENDPOINT,
    tables: {
      parks: set.PARKS_TABLE ?? `bridgehead-${stage}-parks`,
      enterprises: set.ENTERPRISES_TABLE ?? `bridgehead-${stage}-enterprises`,
      talent: set.TALENT_TABLE ?? `bridgehead-${stage}-talent`,
      linkages: set.LINKAGES_TABLE ?? `bridgehead-${stage}-linkages`,
      credentials: set.CREDENTIALS_TABLE ?? `bridgehead-${stage}-credentials`,
      personKeys: set.PERSON_KEYS_TABLE ?? `bridgehead-${stage}-person-keys`,
    },
    talentFunction: set.TALENT_FUNCTION,
    deliverFunction: set.DELIVER_FUNCTION,
    erasureFunction: set.ERASURE_FUNCTION,
    schemaDir: set.SCHEMA_DIR ?? join(root, 'schema'),
    plansFile: set.PLANS_FILE ?? join(root, 'dist', 'plans.json'),
    pagesDir: join(root, 'dist', 'pages'),
    secretIds: {
      ...(set.CURSOR_SECRET_ID === undefined ? {} : { cursors: set.CURSOR_SECRET_ID }),
      ...(set.CASE_TOKEN_SECRET_ID === undefined ? {} : { caseTokens: set.CASE_TOKEN_SECRET_ID }),
      ...(set.ORIGIN_SECRET_ID === undefined ? {} : { origin: set.ORIGIN_SECRET_ID }),
    },
    cursorSecret: set.CURSOR_SECRET,
    serviceTokens:
      set.SERVICE_TOKEN_ISSUER === undefined
        ? undefined
        : { issuer: set.SERVICE_TOKEN_ISSUER, key: set.SERVICE_TOKEN_KEY },
    oidcIssuers: set.OIDC_ISSUERS,
    signIn: set.SIGN_IN,
    caseTokenSecret: set.CASE_TOKEN_SECRET,
    uploadsBucket: set.UPLOADS_BUCKET,
    accessLogKey: set.ACCESS_LOG_KEY,
    accessLogBucket: set.ACCESS_LOG_BUCKET,
    masterKeys: set.MASTER_KEYS,
    localMasterSecret: undefined,
    originSecret: set.ORIGIN_SECRET,
    corsOrigins: set.CORS_ORIGINS ?? [],
    token: set.BRIDGEHEAD_TOKEN,
    // On one's own machine all come from one address, and try things out.
    budgetFactor: set.BUDGET_FACTOR ?? (mode === 'local' ? 100 : 1),
    freeQueries: set.FREE_QUERIES ?? (mode === 'local' ? 'all' : 'by-kind'),
    port: set.PORT ?? 4000,
    dataDir: set.DATA_DIR ?? join(root, '.data'),
  };
}

let current: Config | undefined;

/** The settings of this process, read once. Throws CONFIGURATION as `readConfig` does. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/**
 * Settings that are known only while starting, e.g. the embedded database's endpoint. For whoever starts the handlers in
 * this process, before the first of them is loaded.
 */
export function configure(settings: Partial<Config>): Config {
  current = { ...config(), ...settings };
  return current;
}
