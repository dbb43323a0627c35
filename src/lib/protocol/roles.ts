/** Roles, and what they may do that is no change of a record; the rest stands in rights.ts. */

export const ROLES = ['observer', 'logger', 'coordinator', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What a person does that is no change of a record. */
export type Act = 'invite' | 'import' | 'export' | 'manage_devices' | 'read_names' | 'read_audit';

export function mayAct(role: Role, act: Act): boolean {
  if (role === 'owner') return true;
  if (role === 'coordinator') return act !== 'manage_devices' && act !== 'read_audit';
  return false;
}

/** Nobody invites above his own role. */
export function mayInvite(inviter: Role, invited: Role): boolean {
  return mayAct(inviter, 'invite') && ROLES.indexOf(invited) <= ROLES.indexOf(inviter);
}
