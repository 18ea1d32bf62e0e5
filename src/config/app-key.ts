// Reads a GitHub App from the environment: its id and its private key, used in place of a token.
import { createPrivateKey } from 'node:crypto';

interface Fault {
  readonly message: string;
  readonly hint: string | null;
}

interface AppReading {
  /** Values that replace those in the environment: the key in normal form. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
}

const keyHint =
  'the .pem file that GitHub gave you, whole; line breaks may be written as \\n, or name the file in GITHUB_APP_KEY_FILE';

/** The key as PKCS #8 PEM, whichever PEM form it was written in. */
function readKey(written: string): { readonly key: string } | Fault {
  const text = written.replaceAll('\\r', '').replaceAll('\\n', '\n').trim();
  const message = 'the environment variable GITHUB_APP_KEY is not the private key of a GitHub App';
  if (!/^-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/.test(text)) return { message, hint: keyHint };
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType !== 'rsa') return { message: `${message}: it is no RSA key`, hint: keyHint };
    return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  } catch {
    // OpenSSL's message does not help: part of the key is missing, or it has a password.
    return { message: `${message}: it is incomplete, damaged, or has a password`, hint: keyHint };
  }
}

/** GitHub is asked without any credentials. */
export function isAnonymous(secrets: Readonly<Record<string, string>>): boolean {
  return secrets.GITHUB_TOKEN === undefined && secrets.GITHUB_APP_ID === undefined;
}

export function readApp(secrets: Readonly<Record<string, string>>): AppReading {
  const { GITHUB_TOKEN: token, GITHUB_APP_ID: id, GITHUB_APP_KEY: written } = secrets;
  if (id === undefined && written === undefined) return { secrets: {}, faults: [] };
  const faults: Fault[] = [];
  if (token !== undefined)
    faults.push({
      message: 'GITHUB_TOKEN and a GitHub App (GITHUB_APP_ID, GITHUB_APP_KEY) are both set',
      hint: 'unset one of them: GitHub is asked by the one token, or by the App',
    });
  if (id === undefined || written === undefined) {
    const [set, missing] = id === undefined ? ['GITHUB_APP_KEY', 'GITHUB_APP_ID'] : ['GITHUB_APP_ID', 'GITHUB_APP_KEY'];
    faults.push({
      message: `the environment variable ${set} is set, but ${missing} is not`,
      hint: 'a GitHub App needs both: the App ID of its settings page, and a private key made there',
    });
  }
  if (id !== undefined && !/^(?:\d{1,15}|Iv[\w.]{4,60})$/.test(id))
    faults.push({
      message: 'the environment variable GITHUB_APP_ID is not the number of a GitHub App',
      hint: 'the App ID (such as 123456) or the Client ID (Iv…) of its settings page',
    });
  const read = written === undefined ? null : readKey(written);
  if (read !== null && 'message' in read) faults.push(read);
  return { secrets: read !== null && 'key' in read ? { GITHUB_APP_KEY: read.key } : {}, faults };
}
