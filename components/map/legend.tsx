import type { ReactNode } from 'react'
import type { Lens } from '../url-state'
import type { Scene } from './scene-parts'

type Sample = { readonly token: string; readonly dash?: string; readonly words: string }

const unknown = (words: string): Sample => ({ token: '--unknown', dash: '1 4', words })
const samples: Readonly<Record<Lens, readonly Sample[]>> = {
  traffic: [
    { token: '--bad', words: 'failing' },
    { token: '--warn', words: 'degraded' },
    { token: '--bad', dash: '2 4', words: 'denied' },
  ],
  errors: [
    { token: '--bad', words: 'errors ≥ 5 %' },
    { token: '--warn', words: '≥ 1 %' },
    { token: '--bad', dash: '2 4', words: 'denied' },
    unknown('no responses seen'),
  ],
  latency: [{ token: '--bad', words: 'p95 ≥ 1 s' }, { token: '--warn', words: '≥ 300 ms' }, unknown('latency unknown')],
  verdict: [
    { token: '--bad', dash: '2 4', words: 'denied' },
    { token: '--warn', words: 'some denied' },
    { token: '--audit', dash: '9 5', words: 'audited' },
    unknown('no verdict'),
  ],
}

/** What widths, colours and shapes mean; only what is on the map is explained. */
export function Legend({ lens, scene }: { lens: Lens; scene: Scene }) {
  const drawn = new Set(scene.edges.map((edge) => `--${edge.tone}|${edge.dash}`))
  const has = (shape: string) => scene.nodes.some((node) => node.shape === shape)
  return (
    <div
      data-overlay
      className="flex flex-wrap items-center gap-x-3.5 gap-y-1 rounded-lg border border-line bg-panel px-2.5 py-1.5 text-2xs text-fg-2"
    >
      <span>width = requests/s</span>
      {samples[lens]
        .filter((sample) => drawn.has(`${sample.token}|${sample.dash ?? ''}`))
        .map((sample) => (
          <Item key={sample.words} words={sample.words}>
            <path
              d="M1 4H25"
              stroke={`var(${sample.token})`}
              strokeWidth="2.2"
              strokeDasharray={sample.dash}
              strokeLinecap="round"
            />
          </Item>
        ))}
      {has('box') && (
        <Item words="data store" width={12}>
          <rect x="0.6" y="0.6" width="10.8" height="7.8" rx="1.5" fill="none" stroke="var(--line-strong)" />
        </Item>
      )}
      {has('hexagon') && (
        <Item words="gateway" width={12}>
          <path d="M11.2 4.5L8.6 8.4H3.4L.8 4.5L3.4 .6H8.6Z" fill="none" stroke="var(--line-strong)" />
        </Item>
      )}
      {has('diamond') && (
        <Item words="outside" width={10}>
          <path d="M5 .5L9 4.5L5 8.5L1 4.5Z" fill="none" stroke="var(--line-strong)" />
        </Item>
      )}
      {has('region') && (
        <Item words="folded namespace" width={16}>
          <rect x="0.6" y="0.6" width="14.8" height="7.8" rx="3.9" fill="none" stroke="var(--line-strong)" />
        </Item>
      )}
    </div>
  )
}

const Item = ({ words, width = 26, children }: { words: string; width?: number; children: ReactNode }) => (
  <span className="inline-flex items-center gap-1.5">
    <svg width={width} height="9" aria-hidden="true">
      {children}
    </svg>
    {words}
  </span>
)
