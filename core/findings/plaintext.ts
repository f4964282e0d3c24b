import { addEvidence } from '../baseline'
import { percentWords, spanWords } from '../words'
import { storedIds } from '../world'
import { affectedOf, type Audit, callId, callName, witnessOf } from './context'
import type { Draft } from './finding'

/** Calls in plaintext on an edge that was encrypted throughout the past. */
export const plaintext: Audit = ({ traffic, baseline, world }) =>
  !baseline
    ? []
    : traffic.calls.flatMap((call): Draft[] => {
        const usual = storedIds(call)
          .map((id) => baseline.edges.get(id))
          .find((found) => found !== undefined)
        const now = { plain: 0, evident: 0 }
        addEvidence(now, call.rows)
        if (usual?.plaintext !== 0 || now.plain === 0) return []
        const share = now.plain / now.evident
        return [
          {
            audit: 'plaintext',
            severity: 'degraded',
            title: `${callName(call)} is no longer encrypted`,
            sentence: `${percentWords(share)} of it is in plaintext; all was encrypted in the ${spanWords(baseline.window.to - baseline.window.from)} before.`,
            subject: callId(call),
            endpoints: [call.fromKey, call.toKey],
            affected: [affectedOf(call.edge.from)],
            evidence: [{ figure: 'plaintext', value: percentWords(share), witness: witnessOf(call, world) }],
            watch: null,
            weight: share,
          },
        ]
      })
