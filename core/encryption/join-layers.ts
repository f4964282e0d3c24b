import type { Amounts } from './classes'

/**
 * What is known of the identity layer. `absent`: no mesh at one end and nobody saw TLS; `presumed`: nothing but the
 * port says that the application speaks TLS.
 */
export const identityKinds = ['mtls', 'tls', 'plaintext', 'absent', 'presumed', 'unknown'] as const
export type IdentityKind = (typeof identityKinds)[number]

/** What is known of the way between nodes. `not-tunnel`: open or same-node; `not-open`: tunnel or same-node. */
export const wayKinds = ['tunnel', 'same-node', 'open', 'not-tunnel', 'not-open', 'unknown'] as const
export type WayKind = (typeof wayKinds)[number]

/** Shares 0..1 that add up to 1; a kind that is not there is 0. */
export type Shares<Kind extends string> = Readonly<Partial<Record<Kind, number>>>

/**
 * The classes of traffic of which each layer is known by its shares only, as shares of 1: what is certain whichever
 * part of one layer met which part of the other (Fréchet's bounds), and the rest is `unknown`. mTLS and TLS hold
 * whatever the way was; of the rest, a tunnel encrypts it. Only what certainly has no TLS is `same-node` or plaintext:
 * what stayed on its node and of which nobody tells may have been mTLS, which counts.
 */
export function joinLayers(identity: Shares<IdentityKind>, way: Shares<WayKind>): Amounts {
  const { mtls = 0, tls = 0, plaintext = 0, absent = 0, presumed = 0 } = identity
  const { tunnel = 0, 'same-node': same = 0, open = 0, 'not-tunnel': notTunnel = 0, 'not-open': notOpen = 0 } = way
  const rest = clamp(1 - mtls - tls)
  const bare = clamp(plaintext + absent)
  const both = clamp(mtls + tunnel - 1)
  const byTunnel = clamp(rest + tunnel - 1)
  const onNode = clamp(bare + presumed + same - 1)
  const exposed = clamp(bare + open - 1)
  const byPort = Math.min(presumed, clamp(rest - byTunnel - onNode - exposed))
  const unknown = clamp(rest - byTunnel - onNode - exposed - byPort)
  const notEncrypted = Math.min(unknown, clamp(clamp(bare + open + same + notTunnel - 1) - exposed - onNode))
  const notExposed = Math.min(
    unknown - notEncrypted,
    clamp(clamp(rest + tunnel + same + notOpen - 1) - byTunnel - onNode - byPort),
  )
  return {
    'mtls+tunnel': both,
    mtls: clamp(mtls - both),
    tunnel: byTunnel,
    tls: clamp(tls + byPort),
    'same-node': onNode,
    plaintext: exposed,
    unknown,
    notEncrypted,
    notExposed,
  }
}

/** Within 0..1, rounding errors of floating point taken off. */
const clamp = (share: number): number => (share < 1e-12 ? 0 : Math.min(1, share))
