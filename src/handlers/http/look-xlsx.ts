import writeXlsxFile from 'write-excel-file/node';
import type { Provenance } from '../../views/look/provenance.ts';
import type { LookTable } from '../../views/look/tables.ts';
import { sheetsOf } from '../../views/look/workbook.ts';

/** Returns tables as the bytes of a workbook, with a last sheet that says where they come from. */
export const lookXlsx = (tables: readonly LookTable[], provenance: Provenance, about: string): Promise<Buffer> =>
  writeXlsxFile(sheetsOf(tables, provenance, about)).toBuffer();
