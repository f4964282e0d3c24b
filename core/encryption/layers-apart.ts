import type { Coverage } from './classes'
import type { UnitEvidence } from './classify-edge'
import type { LayersApart } from './encryption-answer'

/** Each layer alone, over edges of one unit. What is known as a pair of kinds only counts as unknown and for the bounds. O(edges). */
export function layersApart(evidence: Iterable<UnitEvidence>): LayersApart {
  let [mtls, tls, none, untold] = [0, 0, 0, 0]
  let [tunnel, sameNode, open, unknown, notTunnel, notOpen] = [0, 0, 0, 0, 0, 0]
  for (const { identity, way, total } of evidence) {
    const { shares } = identity
    mtls += (shares.mtls ?? 0) * total
    tls += ((shares.tls ?? 0) + (shares.presumed ?? 0)) * total
    none += ((shares.plaintext ?? 0) + (shares.absent ?? 0)) * total
    untold += (shares.unknown ?? 0) * total
    tunnel += (way.shares.tunnel ?? 0) * total
    sameNode += (way.shares['same-node'] ?? 0) * total
    open += (way.shares.open ?? 0) * total
    unknown += (way.shares.unknown ?? 0) * total
    notTunnel += (way.shares['not-tunnel'] ?? 0) * total
    notOpen += (way.shares['not-open'] ?? 0) * total
  }
  const all = mtls + tls + none + untold
  return {
    identity: { mtls, tls, none, unknown: untold, coverage: bounds(mtls, all, mtls + untold, all) },
    way: {
      tunnel,
      sameNode,
      open,
      unknown: unknown + notTunnel + notOpen,
      coverage: bounds(
        tunnel,
        tunnel + open + unknown + notTunnel,
        tunnel + unknown + notOpen,
        tunnel + open + unknown + notOpen,
      ),
    },
  }
}

/** null where there is nothing to divide by. */
function bounds(least: number, ofLeast: number, most: number, ofMost: number): Coverage | null {
  const [low, high] = [ofLeast > 0 ? least / ofLeast : null, ofMost > 0 ? most / ofMost : null]
  const known = low ?? high
  return known === null ? null : { least: low ?? known, most: high ?? known }
}
