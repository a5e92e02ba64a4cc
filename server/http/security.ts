/**
 * Security headers. Everything comes from this host: no other is asked for scripts, styles, fonts, pictures or data.
 * Styles may stand inline because antd writes its own into the page; scripts may not.
 */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const hostPattern = /^[A-Za-z0-9.\-[\]:]+$/;

/** `https`: the product is reached over https, so the page may be kept apart from windows of other origins. */
export function securityHeaders(https: boolean): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'", (c) => sockets(c.req.header('host'))],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      frameSrc: ["'self'", 'blob:'],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      workerSrc: ["'self'"],
    },
    // Over plain http browsers ignore it and complain.
    crossOriginOpenerPolicy: https ? 'same-origin' : false,
    crossOriginResourcePolicy: 'same-origin',
    originAgentCluster: false,
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: https ? 'max-age=15552000' : false,
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  });
}

/** Older browsers do not count a socket of the same host as 'self'. */
function sockets(host: string | undefined): string {
  if (host === undefined || !hostPattern.test(host)) return "'self'";
  return `ws://${host} wss://${host}`;
}
