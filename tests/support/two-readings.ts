import type { Change, Group } from '#lib/changes/change.ts';

/** How two versions of the application read the same bytes: the newer one knows what `name` was split into. */

export const asSigned = (group: Group): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(group));

export const readAsOlder = (bytes: Uint8Array): Group =>
  JSON.parse(new TextDecoder().decode(bytes)) as Group;

const upcast = (change: Change): Change => {
  const { name } = change.fields;
  return name ? { ...change, fields: { ...change.fields, written: name } } : change;
};

export const readAsNewer = (bytes: Uint8Array): Group => {
  const group = readAsOlder(bytes);
  return { ...group, changes: group.changes.map(upcast) };
};
