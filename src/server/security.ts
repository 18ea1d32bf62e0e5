// Security headers of every response: nothing from other origins, nothing inline, no framing.
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
  // Landfall speaks plain HTTP; only the proxy knows whether HTTPS is in front of it.
  strictTransportSecurity: false,
  xXssProtection: false,
  xDownloadOptions: false,
});
