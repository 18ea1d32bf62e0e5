// Headers of every answer: nothing from elsewhere, nothing inline, nobody's frame.
import { secureHeaders } from 'hono/secure-headers';

export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: {
    camera: false,
    geolocation: false,
    microphone: false,
    payment: false,
    usb: false,
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // It speaks HTTP; whether there is HTTPS before it, only the proxy knows.
  strictTransportSecurity: false,
  xXssProtection: false,
  xDownloadOptions: false,
});
