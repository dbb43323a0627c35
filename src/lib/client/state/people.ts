import type * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { mayAct, mayInvite, ROLES, type Act, type Role } from '#lib/protocol/roles.ts';
import type {
  AuditResponse,
  devicesResponse,
  InviteRequest,
  PeopleResponse,
} from '#lib/protocol/wire-people.ts';
import type { Answered, Asking } from '../sync/transport.ts';

export interface Invite {
  /** The link to pass on: it lets in one device, once. */
  readonly link: string;
  readonly expires: string;
}

export type PeopleError =
  { readonly type: 'offline' } | { readonly type: 'refused'; readonly code: string };

type Asked<T> = Promise<Result<T, PeopleError>>;
/** The shapes of answers, loaded when something is asked: logging a convoy needs none (ADR 0125). */
const shapes = () => import('#lib/protocol/wire-people.ts');
type ShapeOf<T> = (of: Awaited<ReturnType<typeof shapes>>) => v.GenericSchema<unknown, T>;
export type DeviceList = v.InferOutput<typeof devicesResponse>['devices'];

/** People and their devices: only while the server can be reached, which alone knows who may what. */
export class People {
  readonly #asking: Asking;
  readonly #role: () => Role;
  /** As last told while this device was unlocked; null: not yet. */
  lastDevices: DeviceList | null = null;

  constructor(asking: Asking, role: () => Role) {
    this.#asking = asking;
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
    const answered = await this.#post(PATHS.invites, input, (of) => of.inviteResponse);
    if (!answered.ok) return answered;
    const { token, expires } = answered.value;
    return ok({ link: `${location.origin}/join#${token}`, expires });
  }

  /** Every device with its last contact: for those who coordinate. */
  async devices(): Asked<DeviceList> {
    const answered = await this.#get(PATHS.devices, (of) => of.devicesResponse);
    if (!answered.ok) return answered;
    this.lastDevices = answered.value.devices;
    return ok(this.lastDevices);
  }

  /** Names or organisations behind ids, as far as this person may know them. */
  everyone(): Asked<PeopleResponse> {
    return this.#get(PATHS.people, (of) => of.peopleResponse);
  }

  /** `leaving`: what it still holds is reviewed, then it wipes; `lost`: nothing of it is accepted. */
  revoke(device: string, as: 'leaving' | 'lost'): Asked<unknown> {
    return this.#post(PATHS.revoke, { device, as }, (of) => of.doneResponse);
  }

  /** An owner has dealt with the copy of a device that this row tells of. */
  settleCopy({ device, copied }: DeviceList[number]): Asked<unknown> {
    return this.#post(PATHS.settleCopy, { device, copied }, (of) => of.doneResponse);
  }

  changeRole(member: string, role: Role): Asked<unknown> {
    return this.#post(PATHS.role, { member, role }, (of) => of.doneResponse);
  }

  /** What was done to people and devices, newest first; `after`: the `next` of the page before. */
  audit(after?: number): Asked<AuditResponse> {
    const body = after === undefined ? {} : { after };
    return this.#post(PATHS.audit, body, (of) => of.auditResponse);
  }

  #post<T>(path: string, body: unknown, shape: ShapeOf<T>): Asked<T> {
    const { transport, token } = this.#asking;
    return answerIn(shape, (schema) => transport.post(path, token(), body, schema));
  }

  #get<T>(path: string, shape: ShapeOf<T>): Asked<T> {
    const { transport, token } = this.#asking;
    return answerIn(shape, (schema) => transport.get(path, token(), schema));
  }
}

/** Where the shapes cannot be loaded, that is like no network. */
async function answerIn<T>(
  shape: ShapeOf<T>,
  ask: (schema: v.GenericSchema<unknown, T>) => Promise<Answered<T>>,
): Asked<T> {
  const loaded = await shapes().catch(() => null);
  if (!loaded) return err({ type: 'offline' });
  const answered = await ask(shape(loaded));
  return answered.type === 'answer' ? ok(answered.body) : err(answered);
}
