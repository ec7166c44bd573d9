import { dirname, join } from 'node:path';
import * as z from 'zod';
import { CodedError } from './errors.ts';

/** Our four subgraphs, each with its own table. */
export const SUBGRAPHS = ['parks', 'enterprises', 'talent', 'linkages'] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];

/**
 * Everything that owns a table: the subgraphs; callers' credentials, which belong to no subgraph; and the persons' data
 * keys, which only talent uses and whose table has no stream.
 */
export const STORES = [...SUBGRAPHS, 'credentials', 'personKeys'] as const;
export type StoreName = (typeof STORES)[number];

export interface Config {
  /** `local`: everything in one process on one machine. `aws`: one Lambda function per handler. */
  readonly mode: 'local' | 'aws';
  readonly stage: string;
  readonly region: string;
  /** Endpoint of a DynamoDB other than the region's. */
  readonly dynamodbEndpoint: string | undefined;
  /** Endpoint of a Secrets Manager other than the region's, by the SDK's own variables. */
  readonly secretsEndpoint: string | undefined;
  /** Credentials that Lambda gives a function, for as long as its process lives; undefined elsewhere. */
  readonly functionCredentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | undefined }
    | undefined;
  /** `lean`: Bridgehead's own client of DynamoDB. `sdk`: the AWS SDK's, for a comparison of both. */
  readonly dynamodbClient: 'lean' | 'sdk';
  /** The tables' names, by owner. */
  readonly tables: Readonly<Record<StoreName, string>>;
  /** Name or ARN of the talent subgraph's function; undefined if talent runs in this process. */
  readonly talentFunction: string | undefined;
  /** Name or ARN of the gateway's function, which pages ask; undefined if it runs in this process. */
  readonly gatewayFunction: string | undefined;
  /** Name or ARN of the function that delivers outbox entries; undefined if this process delivers them. */
  readonly deliverFunction: string | undefined;
  /** Name or ARN of the function that erases persons; undefined if a command erases them itself. */
  readonly erasureFunction: string | undefined;
  /** How old reads of zones, parks, policies and published figures may be, in seconds; 0 keeps neither reads nor answers. */
  readonly keptSeconds: number;
  /** How long an answer to anonymous callers is given without being made anew, in seconds; 0 keeps none. */
  readonly keptAnswerSeconds: number;
  /** Folder of `supergraph.graphql`, the subgraphs' SDL and `operations/manifest.json`. */
  readonly schemaDir: string;
  /** The trusted documents' query plans, made by `npm run compose`. */
  readonly plansFile: string;
  /** Folder of the web pages, made by `npm run build:pages`. */
  readonly pagesDir: string;
  /** Names or ARNs of secrets in AWS Secrets Manager. They are fetched at the first request. */
  readonly secretIds: Readonly<
    Partial<Record<'cursors' | 'caseTokens' | 'origin' | 'newsChannels' | 'serviceTokenKey', string>>
  >;
  /** Secret that signs cursors; undefined only if no cursor is made or read. */
  readonly cursorSecret: string | undefined;
  /**
   * The gateway's issuer name towards partners and the private JSON Web Key that signs service tokens; undefined if
   * none are sent. The key is undefined where it is a secret of `secretIds`.
   */
  readonly serviceTokens: { readonly issuer: string; readonly key: unknown } | undefined;
  /**
   * The trusted issuers: `OIDC_ISSUERS`, a JSON list in the form of `src/auth/trusted-issuers.ts`; undefined if there
   * are none.
   */
  readonly oidcIssuers: unknown;
  /** Sign-in of the pages: `SIGN_IN`, in the form of `src/auth/sign-in-settings.ts`; undefined if they have none. */
  readonly signIn: unknown;
  /** The public key by which browsers subscribe to push services; undefined if the pages offer no notifications. */
  readonly pushPublicKey: string | undefined;
  /** The app id of the WeChat official account that sends messages; undefined if the pages offer no WeChat. */
  readonly wechatAppId: string | undefined;
  /** Secret that signs case holders' tokens; undefined if none are issued or accepted. */
  readonly caseTokenSecret: string | undefined;
  /**
   * The KMS key that wraps each zone's persons' keys (`MASTER_KEYS`, a JSON object from zone id to key id or ARN);
   * undefined if a secret of this machine replaces them all.
   */
  readonly masterKeys: Readonly<Record<string, string>> | undefined;
  /** Secret that a machine's own master keys derive from; undefined if there are none. */
  readonly localMasterSecret: string | undefined;
  /** Bucket of cases' files; undefined if a folder of this machine holds them. */
  readonly uploadsBucket: string | undefined;
  /** KMS key that signs the access log; undefined if a key of this machine does. */
  readonly accessLogKey: string | undefined;
  /** Bucket of the access log's anchors; undefined if a folder of this machine holds them. */
  readonly accessLogBucket: string | undefined;
  /** Bucket of the register of erasures; undefined if a file of this machine holds it. */
  readonly erasuresBucket: string | undefined;
  /** Secret header value that CloudFront sends; undefined if callers reach the HTTP API directly. */
  readonly originSecret: string | undefined;
  /**
   * The providers of messages to applicants: `NEWS_CHANNELS`, JSON in the form of `src/notify/news/channels.ts`;
   * undefined if there are none.
   */
  readonly newsChannels: string | undefined;
  /** Origins of other sites whose pages may read the gateway's answers, e.g. `https://parks.example`. */
  readonly corsOrigins: readonly string[];
  /** The bearer token that commands send. */
  readonly token: string | undefined;
  /** Factor of every client's budget. */
  readonly budgetFactor: number;
  /** Viewers who may send documents that aren't trusted: by kind of viewer (`src/domain/free-queries.ts`), or everybody. */
  readonly freeQueries: 'by-kind' | 'all';
  /** True where each GraphQL request is a line of the log. */
  readonly requestLines: boolean;
  /** The collector of spans: its address for OTLP's traces and the share of traces that it gets; undefined for none. */
  readonly traces: { readonly url: string; readonly ratio: number } | undefined;
  readonly port: number;
  /** Processes that answer requests together on this machine; undefined for one a core. */
  readonly workers: number | undefined;
  /** Folder of the embedded database's files. */
  readonly dataDir: string;
}

/** Returns the path of the prepared supergraph, which a build writes beside its plans. */
export function preparedFile(plansFile: string): string {
  return join(dirname(plansFile), 'supergraph.json');
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Tells whether a text is an origin as browsers send it: scheme, host and port, without path or `*`. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

/** A setting for which an empty variable counts as unset. */
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

const keptSeconds = z
  .string()
  .transform(Number)
  .pipe(z.int('must be 0 to 30').min(0, 'must be 0 to 30').max(30, 'must be 0 to 30'));

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
  AWS_LAMBDA_FUNCTION_NAME: setting(z.string().optional()),
  AWS_ACCESS_KEY_ID: setting(z.string().optional()),
  AWS_SECRET_ACCESS_KEY: setting(z.string().optional()),
  AWS_SESSION_TOKEN: setting(z.string().optional()),
  AWS_ENDPOINT_URL: setting(z.url().optional()),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: setting(z.url().optional()),
  DYNAMODB_ENDPOINT: setting(
    z.url({ protocol: /^https?$/, error: 'must be a URL such as "http://127.0.0.1:8000"' }).optional(),
  ),
  DYNAMODB_CLIENT: setting(z.enum(['lean', 'sdk'], 'must be "lean" or "sdk"').optional()),
  KEPT_SECONDS: setting(keptSeconds.optional()),
  KEPT_ANSWER_SECONDS: setting(keptSeconds.optional()),
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
  ERASURES_BUCKET: setting(z.string().optional()),
  TALENT_FUNCTION: setting(z.string().optional()),
  GATEWAY_FUNCTION: setting(z.string().optional()),
  DELIVER_FUNCTION: setting(z.string().optional()),
  ERASURE_FUNCTION: setting(z.string().optional()),
  SCHEMA_DIR: setting(z.string().optional()),
  PLANS_FILE: setting(z.string().optional()),
  CURSOR_SECRET_ID: setting(z.string().optional()),
  CASE_TOKEN_SECRET_ID: setting(z.string().optional()),
  ORIGIN_SECRET_ID: setting(z.string().optional()),
  NEWS_CHANNELS_SECRET_ID: setting(z.string().optional()),
  NEWS_CHANNELS: setting(z.string().optional()),
  CURSOR_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional()),
  SERVICE_TOKEN_ISSUER: setting(z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional()),
  SERVICE_TOKEN_KEY: setting(jsonWebKey.optional()),
  SERVICE_TOKEN_KEY_SECRET_ID: setting(z.string().optional()),
  OIDC_ISSUERS: setting(jsonList.optional()),
  SIGN_IN: setting(jsonObject.optional()),
  PUSH_PUBLIC_KEY: setting(
    z
      .string()
      .regex(/^B[\w-]{86}$/)
      .optional(),
  ),
  WECHAT_APP_ID: setting(
    z
      .string()
      .regex(/^wx[\da-f]{16}$/, 'must be like "wx" and 16 hexadecimal digits')
      .optional(),
  ),
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
  REQUEST_LINES: setting(z.enum(['yes', 'no'], 'must be "yes" or "no"').optional()),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    z.url({ protocol: /^https?$/, error: 'must be a URL such as "http://127.0.0.1:4318"' }).optional(),
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(
    z
      .string()
      .transform(Number)
      .pipe(z.number('must be a number from 0 to 1').min(0, 'must be 0 to 1').max(1, 'must be 0 to 1'))
      .optional(),
  ),
  PORT: setting(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .pipe(z.number().max(65_535, 'must be a port number'))
      .optional(),
  ),
  WORKERS: setting(
    z
      .string()
      .regex(/^[1-9]\d?$/, 'must be a number from 1 to 99')
      .transform(Number)
      .optional(),
  ),
  BRIDGEHEAD_TOKEN: setting(z.string().optional()),
  DATA_DIR: setting(z.string().optional()),
  LAMBDA_TASK_ROOT: setting(z.string().optional()),
});

/** The environment variables that settings are read from. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape);

/**
 * Parses the settings in an environment. Throws CONFIGURATION with one sentence that names every wrong variable. The
 * default mode is `aws` in AWS Lambda and `local` elsewhere.
 */
export function readConfig(env: Environment): Config {
  // Once in a process: zod's own code costs more than it saves.
  const parsed = environment.safeParse(env, { jitless: true });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new CodedError('CONFIGURATION', `The environment is invalid: ${faults.join('; ')}.`);
  }
  const set = parsed.data;
  const root = set.LAMBDA_TASK_ROOT ?? process.cwd();
  const mode = set.BRIDGEHEAD_MODE ?? (set.LAMBDA_TASK_ROOT ? 'aws' : 'local');
  if (mode === 'aws' && !set.STAGE) {
    throw new CodedError('CONFIGURATION', 'The environment is invalid: STAGE must be set outside local mode.');
  }
  const hasServiceKey = set.SERVICE_TOKEN_KEY !== undefined || set.SERVICE_TOKEN_KEY_SECRET_ID !== undefined;
  if ((set.SERVICE_TOKEN_ISSUER !== undefined) !== hasServiceKey) {
    throw new CodedError(
      'CONFIGURATION',
      'The environment is invalid: SERVICE_TOKEN_ISSUER and SERVICE_TOKEN_KEY must be set together.',
    );
  }
  const stage = set.STAGE ?? 'local';
  return {
    mode,
    stage,
    region: set.AWS_REGION ?? 'cn-north-1',
    dynamodbEndpoint: set.DYNAMODB_ENDPOINT,
    functionCredentials:
      set.AWS_LAMBDA_FUNCTION_NAME && set.AWS_ACCESS_KEY_ID && set.AWS_SECRET_ACCESS_KEY
        ? {
            accessKeyId: set.AWS_ACCESS_KEY_ID,
            secretAccessKey: set.AWS_SECRET_ACCESS_KEY,
            sessionToken: set.AWS_SESSION_TOKEN,
          }
        : undefined,
    secretsEndpoint: set.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? set.AWS_ENDPOINT_URL,
    dynamodbClient: set.DYNAMODB_CLIENT ?? 'lean',
    keptSeconds: set.KEPT_SECONDS ?? 5,
    keptAnswerSeconds: set.KEPT_ANSWER_SECONDS ?? 30,
    tables: {
      parks: set.PARKS_TABLE ?? `bridgehead-${stage}-parks`,
      enterprises: set.ENTERPRISES_TABLE ?? `bridgehead-${stage}-enterprises`,
      talent: set.TALENT_TABLE ?? `bridgehead-${stage}-talent`,
      linkages: set.LINKAGES_TABLE ?? `bridgehead-${stage}-linkages`,
      credentials: set.CREDENTIALS_TABLE ?? `bridgehead-${stage}-credentials`,
      personKeys: set.PERSON_KEYS_TABLE ?? `bridgehead-${stage}-person-keys`,
    },
    talentFunction: set.TALENT_FUNCTION,
    gatewayFunction: set.GATEWAY_FUNCTION,
    deliverFunction: set.DELIVER_FUNCTION,
    erasureFunction: set.ERASURE_FUNCTION,
    schemaDir: set.SCHEMA_DIR ?? join(root, 'schema'),
    plansFile: set.PLANS_FILE ?? join(root, 'dist', 'plans.json'),
    pagesDir: join(root, 'dist', 'pages'),
    secretIds: {
      ...(set.CURSOR_SECRET_ID === undefined ? {} : { cursors: set.CURSOR_SECRET_ID }),
      ...(set.CASE_TOKEN_SECRET_ID === undefined ? {} : { caseTokens: set.CASE_TOKEN_SECRET_ID }),
      ...(set.ORIGIN_SECRET_ID === undefined ? {} : { origin: set.ORIGIN_SECRET_ID }),
      ...(set.NEWS_CHANNELS_SECRET_ID === undefined ? {} : { newsChannels: set.NEWS_CHANNELS_SECRET_ID }),
      ...(set.SERVICE_TOKEN_KEY_SECRET_ID === undefined ? {} : { serviceTokenKey: set.SERVICE_TOKEN_KEY_SECRET_ID }),
    },
    cursorSecret: set.CURSOR_SECRET,
    serviceTokens:
      set.SERVICE_TOKEN_ISSUER === undefined
        ? undefined
        : { issuer: set.SERVICE_TOKEN_ISSUER, key: set.SERVICE_TOKEN_KEY },
    oidcIssuers: set.OIDC_ISSUERS,
    signIn: set.SIGN_IN,
    pushPublicKey: set.PUSH_PUBLIC_KEY,
    wechatAppId: set.WECHAT_APP_ID,
    caseTokenSecret: set.CASE_TOKEN_SECRET,
    uploadsBucket: set.UPLOADS_BUCKET,
    accessLogKey: set.ACCESS_LOG_KEY,
    accessLogBucket: set.ACCESS_LOG_BUCKET,
    erasuresBucket: set.ERASURES_BUCKET,
    masterKeys: set.MASTER_KEYS,
    localMasterSecret: undefined,
    originSecret: set.ORIGIN_SECRET,
    newsChannels: set.NEWS_CHANNELS,
    corsOrigins: set.CORS_ORIGINS ?? [],
    token: set.BRIDGEHEAD_TOKEN,
    // On a developer's machine, all requests come from one address.
    budgetFactor: set.BUDGET_FACTOR ?? (mode === 'local' ? 100 : 1),
    freeQueries: set.FREE_QUERIES ?? (mode === 'local' ? 'all' : 'by-kind'),
    // On a developer's machine, the terminal would be full of them.
    requestLines: (set.REQUEST_LINES ?? (mode === 'local' ? 'no' : 'yes')) === 'yes',
    traces:
      set.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : {
            url: `${set.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`,
            ratio: set.OTEL_TRACES_SAMPLER_ARG ?? 1,
          },
    port: set.PORT ?? 4000,
    workers: set.WORKERS,
    dataDir: set.DATA_DIR ?? join(root, '.data'),
  };
}

let current: Config | undefined;

/** Returns the settings of this process, read once. Throws CONFIGURATION as `readConfig` does. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/**
 * Reads the settings of this process anew, with variables that take the place of the environment's.
 * @throws CodedError CONFIGURATION as `readConfig` does
 */
export function configureFrom(variables: Environment): Config {
  current = readConfig({ ...process.env, ...variables });
  return current;
}

/**
 * Changes settings that are known only at the start, e.g. the embedded database's endpoint. Call it before the first
 * handler is loaded.
 */
export function configure(settings: Partial<Config>): Config {
  current = { ...config(), ...settings };
  return current;
}
