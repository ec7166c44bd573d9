import { type Config, config } from '../config.ts';
import { CodedError } from '../errors.ts';

/** The settings of this process. Throws CONFIGURATION outside local mode: everybody would see what anybody may. */
export function localConfig(): Config {
  const settings = config();
  if (settings.mode !== 'local') {
    throw new CodedError(
      'CONFIGURATION',
      'This handler starts in local mode only: who may see what is not decided yet, so nothing is kept from anyone.',
    );
  }
  return settings;
}
