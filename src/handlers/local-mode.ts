import { type Config, config } from '../config.ts';
import { CodedError } from '../errors.ts';

/** The settings of this process. Throws CONFIGURATION outside local mode: nobody would be told from anybody there. */
export function localConfig(): Config {
  const settings = config();
  if (settings.mode !== 'local') {
    throw new CodedError(
      'CONFIGURATION',
      'This handler starts in local mode only: callers are not identified yet, so nothing can be kept from anyone.',
    );
  }
  return settings;
}
