import { firstEvidence } from '../encryption/classify-edge'
import type { ClassifiedEdge } from '../encryption/classify-world'
import { exposureOf } from '../encryption/exposure'
import { percentWords, spanWords } from '../text/words'
import { storedIds } from '../world'
import { affectedOf, type Audit, callName } from './context'
import type { Draft, Evidence } from './finding'

/** Traffic in plaintext on an edge that mesh, TLS or tunnel encrypted throughout the past. */
export const plaintext: Audit = ({ classified, baseline }) =>
  !baseline
    ? []
    : classified.edges.flatMap((each): Draft[] => {
        const { worldEdge, id, fromKey, toKey } = each
        const usual = storedIds(worldEdge)
          .map((stored) => baseline.edges.get(stored))
          .find((found) => found !== undefined)
        if (usual?.plaintext !== 0) return []
        const exposed = exposureOf(firstEvidence(each))?.exposed ?? 0
        if (exposed < leastShare) return []
        const share = percentWords(exposed)
        return [
          {
            audit: 'plaintext',
            severity: 'degraded',
            title: `${callName(worldEdge)} is no longer encrypted`,
            sentence: `${share} of it is in plaintext; all was encrypted in the ${spanWords(baseline.window.to - baseline.window.from)} before.`,
            subject: id,
            endpoints: [fromKey, toKey],
            affected: [affectedOf(worldEdge.edge.from)],
            evidence: evidenceOf(each, share),
            watch: null,
            weight: exposed,
          },
        ]
      })

/** Less is rounding. */
const leastShare = 1e-6

function evidenceOf(each: ClassifiedEdge, value: string): readonly Evidence[] {
  const { identity, way } = firstEvidence(each) ?? {}
  return [
    { figure: 'plaintext', value, witness: identity?.witness ?? null },
    ...(way?.witness
      ? [{ figure: 'way between nodes', value: Object.keys(way.shares).join(', '), witness: way.witness }]
      : []),
  ]
}
