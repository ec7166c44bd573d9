import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTNER_SDL_FILE, type Partner, partnersFolder, REGISTRATION_FILE } from '../../edge/partners.ts';

/** Writes a checked partner to the place where `npm run compose` and the gateway read it. Returns the folder. */
export function acceptPartner({ zone, sdl, registration }: Partner, schemaDir: string): string {
  const folder = join(partnersFolder(schemaDir), zone);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, PARTNER_SDL_FILE), sdl);
  writeFileSync(join(folder, REGISTRATION_FILE), `${JSON.stringify(registration, null, 2)}\n`);
  return folder;
}
