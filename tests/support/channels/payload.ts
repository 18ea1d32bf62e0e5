// Checks our messages against Discord's published description of its API.
import { checkForm } from '../world/discord/forms.ts';

/** Faults in the body of a new message. */
export function payloadCheck(message: unknown): readonly string[] {
  return checkForm('message', message).map(({ path, message: said }) => `${path.join('/')} ${said}`);
}
