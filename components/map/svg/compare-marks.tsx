'use client'

import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Compared } from '@/core/compare/compare-graphs'
import { type Difference, differences } from '@/core/compare/compare'
import { differenceLook } from '../../compare/difference-words'
import { captionPoint, curvePath } from '../scene/curve'
import type { RendererProps } from '../renderer'
import type { Scene } from '../scene/scene-parts'

type Props = {
  readonly scene: Scene
  readonly camera: RendererProps['camera']
  readonly compared: ReadonlyMap<string, Compared>
}

/** More are not read. The worst are marked first. */
const most = 200
const paint: Readonly<Record<(typeof differenceLook)[Difference]['status'], string>> = {
  ok: 'var(--ok)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
  audit: 'var(--audit)',
  unknown: 'var(--unknown)',
}

/** What differs from before, marked on the edges over whatever draws them: a sign each, and what is gone dotted. */
export function CompareMarks({ scene, camera, compared }: Props) {
  const stage = useRef<SVGGElement>(null)
  useLayoutEffect(() => {
    const follow = () => {
      const { x, y, k } = camera.get()
      stage.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`)
      // Signs keep their size until the map is far away.
      stage.current?.style.setProperty('--sign', String(Math.min(2.4, Math.max(0.8, 1 / k))))
    }
    follow()
    return camera.subscribe(follow)
  }, [camera])
  const marked = useMemo(
    () =>
      scene.edges
        .flatMap((edge) => {
          const [worst] = compared.get(edge.id)?.differences ?? []
          return worst ? [{ edge, worst }] : []
        })
        .sort((a, b) => differences.indexOf(a.worst) - differences.indexOf(b.worst))
        .slice(0, most),
    [scene.edges, compared],
  )
  return (
    <svg className="pointer-events-none absolute inset-0 size-full" aria-hidden="true">
      <g ref={stage}>
        {marked.map(({ edge, worst }) => {
          const [x, y] = captionPoint(edge)
          const { status, glyph } = differenceLook[worst]
          const path = curvePath(edge)
          return (
            <g key={edge.id} data-difference={worst}>
              {worst === 'gone' && (
                <>
                  <path d={path} fill="none" stroke="var(--canvas)" strokeWidth={4} />
                  <path
                    d={path}
                    fill="none"
                    stroke="var(--unknown)"
                    strokeWidth={1.4}
                    strokeDasharray="1 5"
                    strokeLinecap="round"
                  />
                </>
              )}
              <g style={{ transform: `translate(${x}px, ${y}px) scale(var(--sign))` }}>
                <circle r={6.5} fill="var(--canvas)" stroke={paint[status]} strokeWidth={1.3} />
                <text textAnchor="middle" y={3.6} fontSize={10} fontWeight={600} fill="var(--fg)">
                  {glyph}
                </text>
              </g>
            </g>
          )
        })}
      </g>
    </svg>
  )
}
