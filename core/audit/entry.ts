import type { ActedAs, ChangeState } from '../policy/apply/audited-change'
import type { PolicyRef } from '../policy/normal-form'
import type { AuditAction } from './actions'
import { type AuditMeans, auditResults } from './event'

/** unknown: it was sent, and what became of it was not heard. */
export const entryResults = [...auditResults, 'unknown'] as const
export type EntryResult = (typeof entryResults)[number]

/** A row of the audit's list: an event, or a change of one policy. Times are milliseconds. */
export type AuditEntry = {
  /** `e12`: an event; `p12`: the change of a policy with this number. */
  readonly id: string
  readonly at: number
  /** null: nobody known, Oriel itself, or from before accounts were. */
  readonly account: number | null
  /** As it was then. */
  readonly name: string
  /** null: not told. */
  readonly by: AuditMeans | null
  readonly action: AuditAction
  readonly target: string
  readonly cluster: string
  readonly namespace: string
  readonly result: EntryResult
  readonly reason: string
  readonly requestId: string | null
  /** Network address. */
  readonly from: string
  /** How many alike it stands for. */
  readonly count: number
}

/** Somebody who is in the audit, and how often. `who` is what the filter takes. */
export type AuditPerson = { readonly who: string; readonly name: string; readonly count: number }

/** An entry with what is too long for lists. */
export type AuditEntryDetail = {
  readonly entry: AuditEntry
  /** Number of the session or token. */
  readonly byId: number | null
  readonly agent: string
  /** JSON: what differs, as it was and as it was from then on; null where there is none. */
  readonly before: unknown
  readonly after: unknown
  /** What was left out of both, each with its place. */
  readonly cut: readonly string[]
  /** Of the change of a policy. */
  readonly policy: AuditedPolicy | null
}

export type AuditedPolicy = {
  readonly change: number
  readonly plan: number
  readonly ref: PolicyRef
  readonly state: ChangeState
  readonly actedAs: ActedAs | null
  readonly draft: number | null
}

/** A place in the list: the entry there, and its time in microseconds since the epoch. Lists go on after it. */
export type AuditPlace = { readonly micros: string; readonly kind: 'e' | 'p'; readonly id: number }

/** A place as a cursor of the API; `parseAuditPlace` reads it. */
export const auditPlaceText = ({ micros, kind, id }: AuditPlace): string => `${micros}${kind}${id}`

/** The place that `next` of an answer names; null where the text is none. */
export function parseAuditPlace(text: string): AuditPlace | null {
  const [, micros, kind, id] = /^(\d{1,17})([ep])(\d{1,15})$/.exec(text) ?? []
  return micros === undefined || (kind !== 'e' && kind !== 'p') ? null : { micros, kind, id: Number(id) }
}

/** The entry of an id; null where the text is none. */
export function parseEntryId(text: string): Pick<AuditPlace, 'kind' | 'id'> | null {
  const place = parseAuditPlace(`0${text}`)
  return place && text === `${place.kind}${place.id}` ? { kind: place.kind, id: place.id } : null
}

/** Whom a filter names: an account by its number, or a name of who has none. */
export type AuditWho = { readonly account: number } | { readonly name: string }

/** `id:7` or `name:Oriel` (`name:` for nobody known); null where the text is neither. */
export function parseWho(text: string): AuditWho | null {
  if (/^id:\d{1,9}$/.test(text)) return { account: Number(text.slice(3)) }
  return text.startsWith('name:') ? { name: text.slice(5) } : null
}

export const whoText = (account: number | null, name: string): string =>
  account === null ? `name:${name}` : `id:${account}`
