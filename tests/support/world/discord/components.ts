// Rules for buttons, rows and menus that Discord's published schema does not contain.
// https://docs.discord.com/developers/components/reference
import type { FormFault } from './errors.ts';
import { type Form, list } from './form.ts';

/** The message flag IS_COMPONENTS_V2. */
export const V2 = 1 << 15;

const ROW = 1;
const BUTTON = 2;
const LINK = 5;
const PREMIUM = 6;
const MOST_ROWS = 5;
const MOST_BUTTONS = 5;

/** Faults in a message form; their paths are relative to its `components`. */
export function componentFaults(form: Form): readonly FormFault[] {
  const rows = list(form.components);
  const faults: FormFault[] = [];
  const fault = (path: readonly (string | number)[], code: string, message: string): void => {
    faults.push({ path: ['components', ...path], code, message });
  };
  const v2 = (Number(form.flags ?? 0) & V2) !== 0;
  if (!v2 && rows.length > MOST_ROWS)
    fault([], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MOST_ROWS} in length.`);
  rows.forEach((row, index) => {
    if (!v2 && row.type !== ROW)
      fault([index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    if (row.type !== ROW) return;
    const parts = list(row.components);
    const buttons = parts.filter(({ type }) => type === BUTTON);
    const most = buttons.length === parts.length ? MOST_BUTTONS : 1;
    if (parts.length === 0 || parts.length > most)
      fault([index, 'components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
    parts.forEach((part, at) => {
      if (part.type === BUTTON)
        buttonFaults(part, (key, code, message) => fault([index, 'components', at, key], code, message));
    });
  });
  return faults;
}

function buttonFaults(button: Form, fault: (key: string, code: string, message: string) => void): void {
  const has = (key: string) => button[key] !== undefined && button[key] !== null;
  if (button.style === PREMIUM) return;
  if (!has('label') && !has('emoji')) fault('label', 'BASE_TYPE_REQUIRED', 'A button has a label or an emoji');
  if (button.style === LINK) {
    if (!has('url')) fault('url', 'BASE_TYPE_REQUIRED', 'This field is required');
    if (has('custom_id'))
      fault(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    return;
  }
  if (!has('custom_id')) fault('custom_id', 'BASE_TYPE_REQUIRED', 'This field is required');
  if (has('url'))
    fault('url', 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'A custom id and url cannot both be specified');
}
