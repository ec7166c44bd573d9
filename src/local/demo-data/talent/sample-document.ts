import { createHash } from 'node:crypto';

/** Returns the synthetic file of a case's document: a PDF of one page. */
export const sampleOf = (receiptNumber: string, code: string) => samplePdf([receiptNumber, code]);

/** Hexadecimal SHA-256 of `sampleOf`. */
export const sampleHashOf = (receiptNumber: string, code: string) =>
  createHash('sha256').update(sampleOf(receiptNumber, code)).digest('hex');

/** @param lines ASCII, without brackets and backslashes */
function samplePdf(lines: readonly string[]): Buffer {
  const text = ['Synthetic sample document', ...lines].map((line) => `(${line}) Tj T*`).join('\n');
  const content = `BT /F1 18 Tf 28 TL 72 720 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}${table}${trailer}`, 'latin1');
}
