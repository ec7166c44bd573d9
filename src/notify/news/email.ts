/** E-mails by SMTP (RFC 5321), through the operator's relay. */
import * as z from 'zod';
import { CALL_MS } from '../send.ts';
import { failed, faultOf, SENT, type SendNews } from './channel.ts';

/** Settings of the relay. */
export const emailSettings = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(465),
  /** TLS from the first byte; else STARTTLS, which the relay must offer. */
  secure: z.boolean().default(true),
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  from: z.email(),
});
export type EmailSettings = z.infer<typeof emailSettings>;

/** Makes the sender of e-mails. Only local mode may do without TLS. */
export function emailSender({ host, port, secure, user, password, from }: EmailSettings, isLocal: boolean): SendNews {
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      host,
      port,
      secure,
      requireTLS: !isLocal,
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: CALL_MS,
      greetingTimeout: CALL_MS,
      socketTimeout: CALL_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  let opening: ReturnType<typeof open> | undefined;
  return async ({ id, address, words: { subject, text } }) => {
    opening ??= open();
    try {
      const transport = await opening;
      await transport.sendMail({
        from,
        to: address,
        subject,
        text,
        messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        // No automatic answers, please (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return SENT;
    } catch (error) {
      return failed(faultOf(error), isPermanent(error));
    }
  };
}

/** Returns whether the relay refused the recipient for good: a reply of 550 to 559 to RCPT. */
function isPermanent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
  return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 550;
}
