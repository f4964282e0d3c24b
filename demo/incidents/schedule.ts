import { profilesDenyRule } from '../model/cni-policies'
import { shippingPolicy } from '../model/policies'
import type { Change, Churn } from '../model/churn'
import type { CallSpec } from '../model/types'
import { seededRandom } from '../random'

/** What an incident does to the calls from one workload to another. */
export type Effect = {
  readonly from: string
  readonly to: string
  readonly p50?: number
  readonly p95?: number
  readonly errors?: number
}

/** What an incident can do to a workload (`namespace/name`). */
export type Hands = { readonly [K in 'rollOut' | 'outgrow']: (workload: string) => Change[] }

/** The same by the churn as of `now`. */
export const handsOf = (churn: Churn, now: number): Hands => ({
  rollOut: (workload) => churn.rollOut(workload, now),
  outgrow: (workload) => churn.outgrow(workload, now),
})

const noHands: Hands = { rollOut: () => [], outgrow: () => [] }

export type Incident = {
  readonly id: string
  readonly title: string
  /** Minutes into the cycle at which it begins, and how many it lasts. */
  readonly at: number
  readonly minutes: number
  readonly effects: readonly Effect[]
  /** Calls that exist only while it lasts. */
  readonly calls?: readonly CallSpec[]
  readonly onStart?: (hands: Hands) => Change[]
  readonly onEnd?: (hands: Hands) => Change[]
  /** Index of a node whose events are lost before they can be read. */
  readonly lossyNode?: number
}

export const cycleMinutes = 30

const put = (object: Change['object'], ifStill?: unknown): Change => ({ type: 'put', object, ifStill })

/** The cycle begins four minutes before the demo does, so that the first incident is already under way. */
export const leadMinutes = 4

export const incidents: readonly Incident[] = [
  {
    id: 'slow-dependency',
    title: 'api.cardnet.example is slow and fails; payments and checkout fail with it',
    at: 0,
    minutes: 14,
    effects: [
      { from: 'checkout/payments', to: 'api.cardnet.example', p50: 240, p95: 741, errors: 0.06 },
      { from: 'checkout/checkout', to: 'checkout/payments', p50: 262, p95: 790, errors: 0.061 },
      { from: 'orders/returns', to: 'checkout/payments', p50: 262, p95: 790, errors: 0.061 },
      { from: 'storefront/bff', to: 'checkout/checkout', p50: 290, p95: 820, errors: 0.064 },
    ],
  },
  {
    id: 'new-caller',
    title: 'images calls profiles, which it never did before',
    at: 7,
    minutes: 5,
    effects: [],
    calls: [
      {
        from: 'catalog/images',
        to: 'accounts/profiles',
        port: 9000,
        protocol: 'grpc',
        rate: 0.6,
        p50: 6,
        p95: 18,
        errors: 0,
        operations: ['profiles.v1.Profiles/Get'],
      },
    ],
  },
  {
    id: 'error-burst',
    title: 'a new version of search-index answers every fourth query with an error',
    at: 15.5,
    minutes: 4,
    effects: [
      { from: 'storefront/search', to: 'storefront/search-index', errors: 0.26, p50: 30, p95: 240 },
      { from: 'storefront/bff', to: 'storefront/search', errors: 0.25, p50: 38, p95: 260 },
    ],
    onStart: ({ rollOut }) => rollOut('storefront/search-index'),
    onEnd: ({ rollOut }) => rollOut('storefront/search-index'),
  },
  {
    id: 'out-of-memory',
    title: 'a pod of pricing outgrows its memory and is killed again and again; some quotes fail',
    at: 14.5,
    minutes: 4,
    effects: [{ from: 'checkout/cart', to: 'catalog/pricing', errors: 0.03, p50: 5, p95: 40 }],
    onStart: ({ outgrow }) => outgrow('catalog/pricing'),
  },
  {
    id: 'policy-change',
    title: 'a change of the policy allow-shipping denies fulfilment',
    at: 18,
    minutes: 5,
    effects: [],
    onStart: () => [put(shippingPolicy(false))],
    onEnd: () => [put(shippingPolicy(true), shippingPolicy(false).spec)],
  },
  {
    id: 'expired-certificate',
    title: 'the certificate of api.carriers.example expired; rates cannot be had',
    at: 23.5,
    minutes: 4,
    effects: [
      { from: 'logistics/rates', to: 'api.carriers.example', errors: 1, p50: 4, p95: 9 },
      { from: 'logistics/shipping', to: 'logistics/rates', errors: 0.92, p50: 7, p95: 20 },
      { from: 'checkout/checkout', to: 'logistics/shipping', errors: 0.4, p50: 18, p95: 60 },
    ],
  },
  {
    id: 'deny-rule',
    title: 'a new deny rule keeps recommendations from profiles',
    at: 27,
    minutes: 2,
    effects: [],
    onStart: () => [put(profilesDenyRule())],
    onEnd: () => [{ type: 'delete', object: profilesDenyRule(), ifStill: profilesDenyRule().spec }],
  },
  { id: 'lost-events', title: 'a node loses events', at: 13, minutes: 0.15, effects: [], lossyNode: 2 },
]

type Occurrence = { readonly incident: Incident; readonly from: number; readonly to: number }

export type Schedule = {
  /** Incidents under way at `time`. */
  active(time: number): readonly Incident[]
  /** Starts and ends between the last call and `now`, as changes of objects. */
  advance(now: number, hands?: Hands): Change[]
  /** Begins an incident now, for its usual length or the minutes given. False when there is none of that id. */
  trigger(id: string, now: number, minutes?: number): boolean
}

/** Incidents that come and go in a cycle of half an hour; each begins up to 20 s off its minute, by seed. */
export function createSchedule(seed: number, start: number, planned: readonly Incident[] = incidents): Schedule {
  const minute = 60_000
  const origin = start - leadMinutes * minute
  const triggered: Occurrence[] = []
  const began = new Set<string>()

  const occurrence = (incident: Incident, cycle: number): Occurrence => {
    const jitter = incident.at === 0 ? 0 : (seededRandom(seed + cycle * 31 + incident.at)() - 0.5) * 40_000
    const from = origin + (cycle * cycleMinutes + incident.at) * minute + jitter
    return { incident, from, to: from + incident.minutes * minute }
  }
  const active = (time: number): Incident[] => {
    const cycle = Math.floor((time - origin) / (cycleMinutes * minute))
    const candidates = planned.flatMap((i) => [occurrence(i, cycle), occurrence(i, cycle - 1)])
    const found = [...candidates, ...triggered].filter((o) => time >= o.from && time < o.to).map((o) => o.incident)
    return [...new Set(found)]
  }
  return {
    active,
    advance(now, hands = noHands) {
      const current = active(now)
      const changes: Change[] = []
      for (const incident of planned) {
        const is = current.includes(incident)
        if (is === began.has(incident.id)) continue
        if (is) began.add(incident.id)
        else began.delete(incident.id)
        changes.push(...((is ? incident.onStart : incident.onEnd)?.(hands) ?? []))
      }
      return changes
    },
    trigger(id, now, minutes) {
      const incident = planned.find((i) => i.id === id)
      if (!incident) return false
      triggered.push({ incident, from: now, to: now + (minutes ?? incident.minutes) * minute })
      return true
    },
  }
}
