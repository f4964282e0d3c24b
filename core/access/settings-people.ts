import type { RightsReason } from './explain-rights'
import type { Role } from './rights'

/** Somebody who logged in. Times are milliseconds. */
export type Member = {
  readonly id: number
  readonly name: string
  /** For people to read only: addresses change hands. */
  readonly email: string | null
  /** Id of the provider they came by last, else of the one with their issuer; null: not known, or the local administrator. */
  readonly provider: string | null
  readonly issuer: string
  readonly subject: string
  readonly local: boolean
  readonly groups: readonly string[]
  readonly admin: boolean
  /** Which group gave which role; of the local administrator none. */
  readonly reasons: readonly RightsReason[]
  readonly seenAt: number
  readonly sessions: number
  readonly tokens: number
}

/** A session that has not ended. */
export type SessionItem = {
  readonly id: number
  readonly name: string
  /** Of who asks. */
  readonly own: boolean
  /** The very session that asks. */
  readonly current: boolean
  readonly provider: string | null
  readonly address: string
  /** What the browser says it is; it may say anything. */
  readonly device: string
  readonly agent: string
  readonly startedAt: number
  readonly seenAt: number
  readonly endsAt: number
}

export type TokenItem = {
  readonly id: number
  readonly name: string
  readonly owner: string
  readonly own: boolean
  readonly role: Role
  /** null: all that the owner has. */
  readonly teams: readonly string[] | null
  readonly createdAt: number
  readonly endsAt: number
  readonly usedAt: number | null
  /** It is refused until its owner logs in again: no provider has confirmed them for long. */
  readonly resting: boolean
}

export type TokensAnswer = {
  readonly tokens: readonly TokenItem[]
  /** Roles that a new one may have. */
  readonly roles: readonly Role[]
  /** Teams that a new one may be limited to. */
  readonly teams: readonly string[]
}
