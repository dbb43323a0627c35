import type * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { mayAct, mayInvite, ROLES, type Act, type Role } from '#lib/protocol/roles.ts';
import {
  auditResponse,
  devicesResponse,
  doneResponse,
  inviteResponse,
  peopleResponse,
  type AuditResponse,
  type InviteRequest,
  type PeopleResponse,
} from '#lib/protocol/wire-people.ts';
import type { Answered, Transport } from '../sync/transport.ts';

export interface Invite {
  /** The link to pass on: it lets in one device, once. */
  readonly link: string;
  readonly expires: string;
}

export type PeopleError =
  { readonly type: 'offline' } | { readonly type: 'refused'; readonly code: string };

type Asked<T> = Promise<Result<T, PeopleError>>;
export type DeviceList = v.InferOutput<typeof devicesResponse>['devices'];

/** People and their devices: only while the server can be reached, which alone knows who may what. */
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

  async invite(input: InviteRequest): Asked<Invite> {
    const answered = await this.#post(PATHS.invites, input, inviteResponse);
    if (!answered.ok) return answered;
    const { token, expires } = answered.value;
    return ok({ link: `${location.origin}/join#${token}`, expires });
  }

  /** Every device with its last contact: for those who coordinate. */
  async devices(): Asked<DeviceList> {
    const answered = await this.#get(PATHS.devices, devicesResponse);
    return answered.ok ? ok(answered.value.devices) : answered;
  }

  /** Names or organisations behind ids, as far as this person may know them. */
  everyone(): Asked<PeopleResponse> {
    return this.#get(PATHS.people, peopleResponse);
  }

  /** `leaving`: what it still holds is reviewed, then it wipes; `lost`: nothing of it is accepted. */
  revoke(device: string, as: 'leaving' | 'lost'): Asked<unknown> {
    return this.#post(PATHS.revoke, { device, as }, doneResponse);
  }

  changeRole(member: string, role: Role): Asked<unknown> {
    return this.#post(PATHS.role, { member, role }, doneResponse);
  }

  /** What was done to people and devices, newest first; `after`: the `next` of the page before. */
  audit(after?: number): Asked<AuditResponse> {
    return this.#post(PATHS.audit, after === undefined ? {} : { after }, auditResponse);
  }

  async #post<T>(path: string, body: unknown, schema: v.GenericSchema<unknown, T>): Asked<T> {
    return resultOf(await this.#transport.post(path, this.#token(), body, schema));
  }

  async #get<T>(path: string, schema: v.GenericSchema<unknown, T>): Asked<T> {
    return resultOf(await this.#transport.get(path, this.#token(), schema));
  }
}

function resultOf<T>(answered: Answered<T>): Result<T, PeopleError> {
  return answered.type === 'answer' ? ok(answered.body) : err(answered);
}
