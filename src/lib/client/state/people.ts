import type * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { mayAct, mayInvite, ROLES, type Act, type Role } from '#lib/protocol/roles.ts';
import { devicesResponse, inviteResponse } from '#lib/protocol/wire-people.ts';
import type { Transport } from '../sync/transport.ts';

export interface InviteInput {
  readonly role: Role;
  readonly name: string;
  readonly organisation?: string | undefined;
  /** 1 to 90. */
  readonly days: number;
}

export interface Invite {
  /** The link to pass on: it lets in one device, once. */
  readonly link: string;
  readonly expires: string;
}

export type PeopleError =
  { readonly type: 'offline' } | { readonly type: 'refused'; readonly code: string };

export type DeviceList = v.InferOutput<typeof devicesResponse>['devices'];

/** Letting people in: coordinators and up, and only while the server can be reached. */
export class People {
  readonly #transport: Transport;
  readonly #token: () => string;
  readonly #role: () => Role;

  constructor(transport: Transport, token: () => string, role: () => Role) {
    this.#transport = transport;
    this.#token = token;
    this.#role = role;
  }

  may(act: Act): boolean {
    return mayAct(this.#role(), act);
  }

  /** The roles that this person may invite to. */
  get invitable(): readonly Role[] {
    return ROLES.filter((role) => mayInvite(this.#role(), role));
  }

  async invite(input: InviteInput): Promise<Result<Invite, PeopleError>> {
    const answered = await this.#transport.post(
      PATHS.invites,
      this.#token(),
      input,
      inviteResponse,
    );
    if (answered.type !== 'answer') return err(answered);
    const { token, expires } = answered.body;
    return ok({ link: `${location.origin}/join#${token}`, expires });
  }

  async devices(): Promise<Result<DeviceList, PeopleError>> {
    const answered = await this.#transport.get(PATHS.devices, this.#token(), devicesResponse);
    return answered.type === 'answer' ? ok(answered.body.devices) : err(answered);
  }
}
