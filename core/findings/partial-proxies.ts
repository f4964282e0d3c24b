import { coverOf } from '../series/covered'
import { isOutside } from '../redact'
import { type Call, isLossy } from '../witness/traffic'
import { percentWords } from '../text/words'
import { sourceParts, type Witness, witnessesOf } from '../witness/witness'
import { affectedOf, type Audit } from './context'
import type { Draft } from './finding'

const leastRequests = 200
/** Less of the callers' count than this is no difference of clocks and scrapes (as in core/witness/choose-witness.ts), less than `least` is none at all. */
const most = 2 / 3
const least = 0.05

type Counted = { here: number; there: number; readonly calls: Call[] }

/** Callees whose own proxies counted only a part of what the proxies of their callers sent: some of their pods have none. */
export const partialProxies: Audit = ({ world, traffic }) => {
  const byCallee = new Map<string, Counted>()
  for (const call of traffic.calls) {
    if (isOutside(call.edge.to)) continue
    // Access logs are dropped where a proxy must; counters are not.
    const proxies = witnessesOf(call.rows, coverOf(world, call.edge)).filter(
      ({ view, type }) => view === 'proxies' && type !== 'als',
    )
    for (const source of proxies.filter(({ reporter }) => reporter === 'source')) {
      const own = proxies.find((one) => one.reporter === 'destination' && one.source === source.source)
      const [sent, seen] = [source.requests ?? 0, own?.requests ?? 0]
      // Of what was lost on the way the shares say nothing.
      if (sent === 0 || isLossy(sourceParts(source.source).transport, world)) continue
      const sum = byCallee.get(call.toKey) ?? { here: 0, there: 0, calls: [] }
      sum.there += sent
      sum.here += Math.min(seen, sent)
      sum.calls.push(call)
      byCallee.set(call.toKey, sum)
    }
  }
  return [...byCallee].flatMap(([key, { here, there, calls }]): Draft[] => {
    const share = there > 0 ? here / there : 1
    const [first] = calls
    if (!first || there < leastRequests || share > most || share < least) return []
    const { name } = first.edge.to
    return [
      {
        audit: 'partial-proxies',
        severity: 'notice',
        title: `Some pods of ${name} have no proxy`,
        sentence: `Its own proxies counted ${percentWords(share)} of the requests that its callers’ proxies sent. The others reach pods outside of the mesh, without its encryption and policies.`,
        subject: key,
        endpoints: [key],
        affected: [affectedOf(first.edge.to)],
        evidence: [{ figure: 'requests', value: `${here} of ${there}`, witness: sourceOf(first) }],
        watch: null,
        weight: 1 - share,
      },
    ]
  })
}

function sourceOf({ rows }: Call): Witness['source'] | null {
  const own = rows.find(({ facet }) => facet.reporter === 'source')
  return own ? `${own.facet.source}/destination` : null
}
