/** The token in an invite link's fragment (`…/join#TOKEN`), or null where the text holds none. */
export function tokenOfLink(text: string): string | null {
  const trimmed = text.trim();
  const fragment = trimmed.includes('#') ? trimmed.slice(trimmed.lastIndexOf('#') + 1) : trimmed;
  return /^[A-Za-z0-9_-]{20,200}$/.test(fragment) ? fragment : null;
}
