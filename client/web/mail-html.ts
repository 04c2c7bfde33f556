/** The body of a mail as a mail program would show it, shut off from the page around it. */
import type { FastifyReply } from 'fastify';

/** Images by address would tell a sender who reads; nothing in a mail may run or be sent. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

/** For a route without the headers of pages (`helmet: false`), shown in an `iframe` with `sandbox`. */
export const sendMailHtml = (reply: FastifyReply, html: string): FastifyReply =>
  reply
    .header('Content-Security-Policy', MAIL_POLICY)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Referrer-Policy', 'no-referrer')
    .header('Cache-Control', 'no-store')
    .type('text/html; charset=utf-8')
    // A click on a link opens beside the page, not within the small frame.
    .send(html.replace(/<head([^>]*)>/i, '<head$1><base target="_blank">'));

/** Plain text with its web addresses apart, so that the page can make them links. */
export const linked = (plain: string): { text: string; href: string | undefined }[] =>
  plain
    .split(/(https?:\/\/[^\s<>"()[\]]*[^\s<>"()[\].,;:!?])/)
    .map((part, index) => ({ text: part, href: index % 2 === 1 ? part : undefined }));
