export type Architecture = 'arm64' | 'x64';

/** `e_machine` of the ELF header (System V ABI, "ELF Header"): EM_X86_64 and EM_AARCH64. */
const MACHINES: ReadonlyMap<number, Architecture> = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);

/** The architecture that a native file is made for; undefined for what isn't a little-endian ELF file of one of the two. */
export function elfArchitecture(file: Uint8Array): Architecture | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isElf = file.byteLength >= 20 && view.getUint32(0) === 0x7f454c46 && view.getUint8(5) === 1;
  return isElf ? MACHINES.get(view.getUint16(18, true)) : undefined;
}
