// Discord's published description of its API as a judge of our messages.
import { checkForm } from '../world/discord/forms.ts';

/** What is wrong with the body of a new message. */
export function payloadCheck(message: unknown): readonly string[] {
  return checkForm('message', message).map(({ path, message: said }) => `${path.join('/')} ${said}`);
}
