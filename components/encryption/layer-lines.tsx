import type { EncryptionUnit } from '@/core/encryption/classes'
import type { LayersApart } from '@/core/encryption/encryption-answer'
import { formatPercent } from '../format'
import { unitWords } from './class-words'
import { coverageText } from './coverage-text'
import { ShareBar } from './share-bar'

type Part = { readonly words: string; readonly amount: number; readonly fill: string }

const shades = {
  strong: 'color-mix(in oklch, var(--ok) 74%, var(--panel))',
  weak: 'color-mix(in oklch, var(--ok) 30%, var(--panel))',
  open: 'var(--warn)',
  beside: 'var(--quiet)',
  unknown: 'repeating-linear-gradient(135deg, var(--unknown) 0 2px, transparent 2px 5px)',
} as const

/** Both layers, each alone: who spoke, and the way between nodes. */
export function LayerLines({ layers: { identity, way }, unit }: { layers: LayersApart; unit: EncryptionUnit }) {
  return (
    <dl className="mt-3 grid grid-cols-1 gap-x-6 gap-y-2.5 border-t border-line pt-2.5 sm:grid-cols-2">
      <Layer
        title="Identity layer: mTLS"
        figure={coverageText(identity.coverage)}
        unit={unit}
        parts={[
          { words: 'mTLS', amount: identity.mtls, fill: shades.strong },
          { words: 'TLS', amount: identity.tls, fill: shades.weak },
          { words: 'neither', amount: identity.none, fill: shades.open },
          { words: 'not told', amount: identity.unknown, fill: shades.unknown },
        ]}
      />
      <Layer
        title="Way between nodes: tunnel"
        figure={coverageText(way.coverage)}
        unit={unit}
        parts={[
          { words: 'WireGuard or IPsec', amount: way.tunnel, fill: shades.strong },
          { words: 'open', amount: way.open, fill: shades.open },
          { words: 'same node', amount: way.sameNode, fill: shades.beside },
          { words: 'not told', amount: way.unknown, fill: shades.unknown },
        ]}
      />
    </dl>
  )
}

function Layer({
  title,
  figure,
  unit,
  parts,
}: {
  title: string
  figure: string
  unit: EncryptionUnit
  parts: readonly Part[]
}) {
  const all = parts.reduce((sum, { amount }) => sum + amount, 0)
  const shown = parts.filter(({ amount }) => amount > 0)
  const share = (amount: number) => formatPercent(amount / all)
  const words =
    all > 0 ? shown.map((part) => `${part.words} ${share(part.amount)}`).join(' · ') : `no ${unitWords[unit]}`
  return (
    <div className="min-w-0">
      <dt className="flex justify-between gap-2 text-xs text-fg-2">
        {title} <span className="text-fg">{figure}</span>
      </dt>
      <dd>
        <ShareBar
          className="mt-1 h-[5px]"
          parts={shown.map(({ words: key, amount, fill }) => ({ key, share: amount / all, fill }))}
        />
        <p className="mt-1 min-h-8 text-xs text-fg-3">{words}</p>
      </dd>
    </div>
  )
}
